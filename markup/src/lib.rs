//! The `html!` of the views.
//!
//! It reads the same notation as Yew's macro of that name, but turns it into one text and a list of what fills its gaps,
//! instead of calls that build each element in place. `view::markup` in the app reads the text. A call costs some forty
//! bytes of WebAssembly where building in place costs some hundreds, and markup compresses better than code.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

mod sign;

/// Attributes that are there or not, whatever their value.
const FLAGS: [&str; 3] = ["disabled", "hidden", "readonly"];

/// Elements that hold nothing.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// Markup in Yew's notation: elements, fragments, `{ expression }`, `{ for iterator }`, `name="text"`, `name={expression}`,
/// `{name}` for `name={name}`, `key`, `ref` and `on…`. There are no components.
#[proc_macro]
pub fn html(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut writer = Writer { text: String::new(), parts: Vec::new() };
    let mut tokens = Tokens::new(input.into());
    let written = writer.children(&mut tokens, None).and_then(|()| match tokens.next() {
        Some(token) => Err(Fault::at(&token, "this belongs to no element")),
        None => Ok(()),
    });
    match written {
        Ok(()) => writer.finish().into(),
        Err(Fault { span, message }) => quote_spanned! { span => ::core::compile_error!(#message) }.into(),
    }
}

struct Fault {
    span: Span,
    message: String,
}

impl Fault {
    fn at(token: &TokenTree, message: &str) -> Self {
        Self { span: token.span(), message: message.to_owned() }
    }

    fn end(message: &str) -> Self {
        Self { span: Span::call_site(), message: message.to_owned() }
    }
}

type Fallible<T> = Result<T, Fault>;

/// Tokens that can be looked at before they are taken.
struct Tokens {
    all: Vec<TokenTree>,
    at: usize,
}

impl Tokens {
    fn new(stream: TokenStream) -> Self {
        Self { all: stream.into_iter().collect(), at: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<&TokenTree> {
        self.all.get(self.at + ahead)
    }

    fn next(&mut self) -> Option<TokenTree> {
        let token = self.all.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn is_punct(&self, ahead: usize, sign: char) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
    }

    fn expect(&mut self, sign: char) -> Fallible<()> {
        match self.next() {
            Some(TokenTree::Punct(punct)) if punct.as_char() == sign => Ok(()),
            Some(token) => Err(Fault::at(&token, &format!("`{sign}` is expected here"))),
            None => Err(Fault::end(&format!("`{sign}` is missing at the end"))),
        }
    }

    /// A name with hyphens in it.
    fn name(&mut self) -> Fallible<String> {
        let mut name = self.word()?;
        while self.is_punct(0, '-') {
            self.at += 1;
            name.push('-');
            name.push_str(&self.word()?);
        }
        Ok(name)
    }

    fn word(&mut self) -> Fallible<String> {
        match self.next() {
            Some(TokenTree::Ident(word)) => Ok(word.to_string()),
            Some(token) => Err(Fault::at(&token, "a name is expected here")),
            None => Err(Fault::end("a name is missing at the end")),
        }
    }
}

/// The name of the list that is filled, which no expression inside can see.
fn parts() -> Ident {
    Ident::new("parts", Span::mixed_site())
}

struct Writer {
    /// The markup, each piece begun by one of the signs.
    text: String,
    /// What fills the gaps, in their order.
    parts: Vec<TokenStream>,
}

impl Writer {
    fn finish(self) -> TokenStream {
        let (Self { text, parts: given }, parts) = (self, parts());
        quote! {{
            static TEMPLATE: crate::view::markup::Template = crate::view::markup::Template::new(#text);
            #[allow(unused_mut)]
            let mut #parts = crate::view::markup::Parts::new();
            #(#given)*
            TEMPLATE.draw(#parts)
        }}
    }

    fn piece(&mut self, sign: u8, text: &str) {
        self.text.push(char::from(sign));
        self.text.push_str(text);
    }

    /// What stands up to the end tag of an element, of a fragment (an empty name), or of everything.
    fn children(&mut self, tokens: &mut Tokens, within: Option<&str>) -> Fallible<()> {
        loop {
            match tokens.peek(0) {
                None => {
                    return match within {
                        None => Ok(()),
                        Some(name) => Err(Fault::end(&format!("`</{name}>` is missing"))),
                    };
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let group = group.clone();
                    tokens.at += 1;
                    self.child(&group);
                }
                Some(TokenTree::Punct(punct)) if punct.as_char() == '<' => {
                    if tokens.is_punct(1, '/') {
                        return end(tokens, within);
                    }
                    self.element(tokens)?;
                }
                Some(token) => {
                    return Err(Fault::at(token, "markup is expected here; text stands in braces"));
                }
            }
        }
    }

    fn child(&mut self, group: &Group) {
        let mut tokens = group.stream().into_iter();
        let first = tokens.next();
        match first {
            Some(TokenTree::Ident(word)) if word == "for" => {
                let (rest, parts): (TokenStream, _) = (tokens.collect(), parts());
                self.piece(sign::CHILD, "");
                self.parts.push(quote_spanned! { group.span() => #parts.each(#rest); });
            }
            Some(TokenTree::Literal(literal)) if tokens.next().is_none() => {
                let written = literal.to_string();
                match unquote(&written) {
                    Some(text) => self.piece(sign::TEXT, &text),
                    None => self.gap_child(&quote! { #literal }),
                }
            }
            _ => self.gap_child(&group.stream()),
        }
    }

    fn gap_child(&mut self, value: &TokenStream) {
        let parts = parts();
        self.piece(sign::CHILD, "");
        self.parts.push(quote! { crate::view::markup::Child::give(#value, &mut #parts); });
    }

    fn element(&mut self, tokens: &mut Tokens) -> Fallible<()> {
        if tokens.is_punct(1, '>') {
            tokens.at += 2;
            return self.children(tokens, Some(""));
        }
        tokens.expect('<')?;
        let start = tokens.peek(0).cloned();
        let name = tokens.name()?;
        if let Some(token) = start.filter(|_| name.starts_with(char::is_uppercase)) {
            return Err(Fault::at(&token, "a component has no place here: call a function in `{ }`"));
        }
        self.piece(sign::ELEMENT, &name);
        loop {
            if tokens.is_punct(0, '/') && tokens.is_punct(1, '>') {
                tokens.at += 2;
                break;
            }
            if tokens.is_punct(0, '>') {
                tokens.at += 1;
                if !VOID.contains(&&*name) {
                    self.children(tokens, Some(&name))?;
                }
                break;
            }
            self.attribute(tokens, &name)?;
        }
        self.piece(sign::END, "");
        Ok(())
    }

    fn attribute(&mut self, tokens: &mut Tokens, element: &str) -> Fallible<()> {
        if let Some(TokenTree::Group(group)) = tokens.peek(0) {
            let name = group.stream();
            tokens.at += 1;
            let word = name.to_string();
            self.gap(element, &word, &name);
            return Ok(());
        }
        let name = tokens.name()?;
        tokens.expect('=')?;
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                self.gap(element, &name, &group.stream());
            }
            Some(TokenTree::Literal(literal)) => match unquote(&literal.to_string()) {
                Some(text) if name == "key" => {
                    self.gap(element, "key", &quote! { #text });
                }
                Some(text) => {
                    self.piece(sign::ATTRIBUTE, &name);
                    self.piece(sign::VALUE, &text);
                }
                None => return Err(Fault::at(&literal.into(), "a value is a text in quotation marks")),
            },
            Some(TokenTree::Ident(word)) if word == "true" => {
                self.piece(sign::ATTRIBUTE, &name);
                self.piece(sign::VALUE, &name);
            }
            Some(token) => {
                return Err(Fault::at(&token, "a value is a text, an expression in braces, or true"));
            }
            None => return Err(Fault::end("a value is missing at the end")),
        }
        Ok(())
    }

    /// An attribute whose value is an expression.
    fn gap(&mut self, element: &str, name: &str, value: &TokenStream) {
        let parts = parts();
        let mut sign = (sign::GAP, "");
        self.parts.push(if name == "key" {
            quote! { #parts.key(#value); }
        } else if name == "ref" {
            quote! { #parts.node_ref(#value); }
        } else if name.starts_with("on") {
            let kind = Ident::new(name, Span::call_site());
            let event = Ident::new(event_of(name), Span::call_site());
            quote! {
                #parts.listener::<::web_sys::#event>(|| ::yew::virtual_dom::ListenerKind::#kind, #value);
            }
        } else if element == "input" && name == "value" {
            quote! { #parts.value(#value); }
        } else if element == "input" && name == "checked" {
            quote! { #parts.checked(#value); }
        } else {
            sign = (sign::NAMED_GAP, name);
            if FLAGS.contains(&name) {
                quote! { #parts.flag(#name, #value); }
            } else {
                quote! { crate::view::markup::Value::give(#value, &mut #parts); }
            }
        });
        self.piece(sign.0, sign.1);
    }
}

/// Takes an end tag, which must be that of the element around it.
fn end(tokens: &mut Tokens, within: Option<&str>) -> Fallible<()> {
    let start = tokens.peek(0).cloned();
    tokens.expect('<')?;
    tokens.expect('/')?;
    let name = if tokens.is_punct(0, '>') { String::new() } else { tokens.name()? };
    tokens.expect('>')?;
    if within == Some(&name) {
        return Ok(());
    }
    let message = format!("`</{name}>` ends nothing here");
    Err(start.map_or_else(|| Fault::end(&message), |token| Fault::at(&token, &message)))
}

/// What a listener of this name is handed.
fn event_of(listener: &str) -> &'static str {
    match listener {
        "onclick" | "ondblclick" => "MouseEvent",
        "onfocusin" => "FocusEvent",
        "oninput" => "InputEvent",
        "onkeydown" => "KeyboardEvent",
        "onwheel" => "WheelEvent",
        name if name.starts_with("onpointer") => "PointerEvent",
        _ => "Event",
    }
}

/// The text of a plain string literal without escapes other than of quotation marks; none for any other literal.
fn unquote(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let text = inner.replace("\\\"", "\"");
    (!text.contains('\\') && !text.bytes().any(sign::begins)).then_some(text)
}
