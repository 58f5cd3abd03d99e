//! Markup as one text, read at run time, and what fills its gaps.
//!
//! Yew's own `html!` builds each element where it stands, in hundreds of bytes of WebAssembly. The `html!` of this module
//! reads the same notation and leaves one text and one short list instead, which are put together here.

use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::OnceLock;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;
use yew::NodeRef;
use yew::virtual_dom::{
    AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VNode, VTag, VText,
};

use crate::scale::Short;

pub(super) use annals_markup::html;

#[path = "../../markup/src/sign.rs"]
mod sign;

/// The property that hands declarations to the style object, which `data-style` stands for: a page policy of
/// `style-src 'self'` forbids the attribute and allows the object.
const STYLE: &str = "style";

/// The markup of one place in the program.
pub(super) struct Template {
    text: &'static str,
    /// Read when it is first drawn.
    nodes: OnceLock<Vec<Node>>,
}

enum Node {
    Element(Element),
    Text(&'static str),
    Gap,
}

struct Element {
    name: &'static str,
    /// The names of its attributes, kept for the life of the page, as Yew compares such lists by their address.
    names: &'static [&'static str],
    /// The values of the attributes; none is a gap.
    values: Vec<Option<&'static str>>,
    /// How many gaps there are before the children.
    gaps: usize,
    children: Vec<Node>,
}

enum Part {
    Attribute(Option<AttrValue>),
    Value(AttrValue),
    Checked(bool),
    Listener(Rc<dyn Listener>),
    Key(Key),
    Reference(NodeRef),
    Child(VNode),
}

impl Template {
    /// The markup in the macro's notation.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, nodes: OnceLock::new() }
    }

    /// The markup with its gaps filled, in their order.
    pub(super) fn draw(&'static self, parts: Parts) -> VNode {
        let nodes = self.nodes.get_or_init(|| read(&mut { self.text }));
        fill(nodes, &mut parts.0.into_iter())
    }
}

/// Reads nodes up to the end of the element around them.
fn read(text: &mut &'static str) -> Vec<Node> {
    let mut nodes = Vec::new();
    while let Some((sign, own)) = piece(text) {
        nodes.push(match sign {
            sign::ELEMENT => Node::Element(read_element(own, text)),
            sign::TEXT => Node::Text(own),
            sign::CHILD => Node::Gap,
            _ => break,
        });
    }
    nodes
}

fn read_element(name: &'static str, text: &mut &'static str) -> Element {
    let (mut names, mut values, mut gaps) = (Vec::new(), Vec::new(), 0);
    loop {
        let mut rest = *text;
        let Some((sign, own)) = piece(&mut rest) else { break };
        match sign {
            sign::ATTRIBUTE => names.push(own),
            sign::VALUE => values.push(Some(own)),
            sign::NAMED_GAP => {
                names.push(if own == "data-style" { STYLE } else { own });
                values.push(None);
                gaps += 1;
            }
            sign::GAP => gaps += 1,
            _ => break,
        }
        *text = rest;
    }
    #[cfg(feature = "element")]
    let name = amid(name, &mut names, &mut values);
    Element { name, names: names.leak(), values, gaps, children: read(text) }
}

/// An element as part of a page of somebody else, which has a main part and a first heading of its own.
#[cfg(feature = "element")]
fn amid(
    name: &'static str,
    names: &mut Vec<&'static str>,
    values: &mut Vec<Option<&'static str>>,
) -> &'static str {
    let mut give = |name, value| {
        names.push(name);
        values.push(Some(value));
    };
    match name {
        "h1" => give("aria-level", "2"),
        "h2" => give("aria-level", "3"),
        "h3" => give("aria-level", "4"),
        // The whole is one region.
        "section" => give("role", "group"),
        _ => {}
    }
    if let Some(part) = part_of(names, values) {
        names.push("part");
        values.push(Some(part));
    }
    if name == "main" { "div" } else { name }
}

/// The parts that the page around an element can style, by the classes that they have here.
#[cfg(feature = "element")]
const PARTS: [(&str, &str); 9] = [
    ("mast", "header"),
    ("tools", "tools"),
    ("bar", "filters"),
    ("stage", "chart"),
    ("axis", "axis"),
    ("mini", "overview"),
    ("foot", "footer"),
    ("vtl", "list"),
    ("panel", "detail"),
];

#[cfg(feature = "element")]
fn part_of(names: &[&'static str], values: &[Option<&'static str>]) -> Option<&'static str> {
    let class = names.iter().zip(values).find(|(name, _)| **name == "class")?.1.as_deref()?;
    PARTS.iter().find(|(own, _)| *own == class).map(|(_, part)| *part)
}

/// Takes the next piece: what begins it, and its text.
fn piece(text: &mut &'static str) -> Option<(u8, &'static str)> {
    let sign = *text.as_bytes().first()?;
    let rest = text.get(1..)?;
    let end = rest.bytes().position(sign::begins).unwrap_or(rest.len());
    let (own, rest) = rest.split_at_checked(end)?;
    *text = rest;
    Some((sign, own))
}

/// Nodes as one.
fn fill(nodes: &[Node], parts: &mut std::vec::IntoIter<Part>) -> VNode {
    let mut filled: Vec<VNode> = Vec::with_capacity(nodes.len());
    for node in nodes {
        filled.push(match node {
            Node::Element(element) => fill_element(element, parts),
            Node::Text(text) => VText::new(AttrValue::Static(text)).into(),
            Node::Gap => match parts.next() {
                Some(Part::Child(node)) => node,
                _ => VNode::default(),
            },
        });
    }
    if filled.len() == 1 { filled.swap_remove(0) } else { list(filled) }
}

fn fill_element(element: &Element, parts: &mut std::vec::IntoIter<Part>) -> VNode {
    let mut tag = VTag::new(AttrValue::Static(element.name));
    let (mut given, mut listeners) = (Vec::new(), Vec::new());
    for part in parts.by_ref().take(element.gaps) {
        match part {
            Part::Attribute(value) => given.push(value),
            Part::Value(value) => tag.set_value(Some(value)),
            Part::Checked(checked) => tag.set_checked(checked),
            Part::Listener(listener) => listeners.push(Some(listener)),
            Part::Key(key) => tag.key = Some(key),
            Part::Reference(reference) => tag.node_ref = reference,
            Part::Child(_) => {}
        }
    }
    let mut given = given.into_iter();
    let values = element.names.iter().zip(&element.values).map(|(name, value)| {
        let value = value.map_or_else(|| given.next().flatten(), |text| Some(AttrValue::Static(text)))?;
        Some(if *name == STYLE {
            AttributeOrProperty::Property(JsValue::from_str(&value))
        } else {
            AttributeOrProperty::Attribute(value)
        })
    });
    tag.attributes = Attributes::Dynamic { keys: element.names, values: values.collect() };
    if !listeners.is_empty() {
        tag.set_listeners(listeners.into());
    }
    if let Some(children) = tag.children_mut() {
        *children = fill(&element.children, parts);
    }
    tag.into()
}

fn list(nodes: Vec<VNode>) -> VNode {
    VList::with_children(nodes, None).into()
}

/// What fills the gaps of some markup, in their order. One call for each keeps the caller small.
pub(super) struct Parts(Vec<Part>);

impl Parts {
    /// No parts yet.
    #[inline(never)]
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    #[inline(never)]
    fn push(&mut self, part: Part) {
        self.0.push(part);
    }

    #[inline(never)]
    fn attribute(&mut self, value: Option<AttrValue>) {
        self.push(Part::Attribute(value));
    }

    /// An attribute that is there or not.
    #[inline(never)]
    pub(super) fn flag(&mut self, name: &'static str, holds: bool) {
        self.attribute(holds.then_some(AttrValue::Static(name)));
    }

    /// A key among siblings.
    pub(super) fn key(&mut self, key: impl ToKey) {
        self.push(Part::Key(key.to_key()));
    }

    /// Where the element can be found once it is there.
    #[inline(never)]
    pub(super) fn node_ref(&mut self, reference: NodeRef) {
        self.push(Part::Reference(reference));
    }

    /// The value of a field.
    #[inline(never)]
    pub(super) fn value(&mut self, value: String) {
        self.push(Part::Value(value.into()));
    }

    /// Whether a box is ticked.
    #[inline(never)]
    pub(super) fn checked(&mut self, checked: bool) {
        self.push(Part::Checked(checked));
    }

    /// Something that listens for events of one kind.
    pub(super) fn listener<E>(&mut self, kind: fn() -> ListenerKind, handler: Handler<E>) {
        self.listen(On { kind, handler: handler.handler });
    }

    #[inline(never)]
    fn listen(&mut self, listener: On) {
        self.push(Part::Listener(Rc::new(listener)));
    }

    /// A node.
    #[inline(never)]
    fn child(&mut self, node: VNode) {
        self.push(Part::Child(node));
    }

    /// Nodes that come from an iterator.
    pub(super) fn each(&mut self, nodes: impl IntoIterator<Item = VNode>) {
        let mut nodes = nodes.into_iter();
        self.list(&mut || nodes.next());
    }

    /// Collects here, once for all kinds of iterators.
    #[inline(never)]
    fn list(&mut self, next: &mut dyn FnMut() -> Option<VNode>) {
        let mut nodes = Vec::new();
        while let Some(node) = next() {
            nodes.push(node);
        }
        self.child(list(nodes));
    }
}

/// What may be a key.
pub(super) trait ToKey {
    fn to_key(self) -> Key;
}

impl ToKey for &Rc<str> {
    fn to_key(self) -> Key {
        Rc::clone(self).into()
    }
}

impl ToKey for &str {
    fn to_key(self) -> Key {
        self.into()
    }
}

impl ToKey for String {
    fn to_key(self) -> Key {
        self.into()
    }
}

impl ToKey for i64 {
    fn to_key(self) -> Key {
        self.to_string().into()
    }
}

impl ToKey for usize {
    fn to_key(self) -> Key {
        (self as i64).to_key()
    }
}

/// What may stand as the value of an attribute.
pub(super) trait Value {
    fn give(self, parts: &mut Parts);
}

impl Value for &'static str {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        parts.attribute(Some(AttrValue::Static(self)));
    }
}

impl Value for String {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        parts.attribute(Some(self.into()));
    }
}

impl Value for bool {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        Value::give(if self { "true" } else { "false" }, parts);
    }
}

impl Value for Short {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        Value::give(self.to_string(), parts);
    }
}

impl Value for &Rc<str> {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        parts.attribute(Some(AttrValue::Rc(Rc::clone(self))));
    }
}

impl<T: Value> Value for Option<T> {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        match self {
            Some(value) => value.give(parts),
            None => parts.attribute(None),
        }
    }
}

/// What may stand as a child.
pub(super) trait Child {
    fn give(self, parts: &mut Parts);
}

impl Child for VNode {
    #[inline]
    fn give(self, parts: &mut Parts) {
        parts.child(self);
    }
}

impl Child for &str {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        parts.child(VText::new(AttrValue::Rc(self.into())).into());
    }
}

impl Child for String {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        parts.child(VText::new(self).into());
    }
}

impl Child for usize {
    #[inline(never)]
    fn give(self, parts: &mut Parts) {
        Child::give(self.to_string(), parts);
    }
}

/// What is done when an event of the type `E` comes. Inside it takes any event, so that there is one program for all.
pub(super) struct Handler<E> {
    handler: Box<dyn Fn(&Event)>,
    event: PhantomData<E>,
}

impl<E: JsCast> Handler<E> {
    /// Does the same whatever the event says.
    pub(super) fn any(handler: impl Fn() + 'static) -> Self {
        Self { handler: Box::new(move |_| handler()), event: PhantomData }
    }

    /// Does what the event says.
    pub(super) fn new(handler: impl Fn(&E) + 'static) -> Self {
        Self { handler: Box::new(move |event| handler(event.unchecked_ref())), event: PhantomData }
    }
}

struct On {
    /// A function, as copying one of so many kinds is a kilobyte of program.
    kind: fn() -> ListenerKind,
    handler: Box<dyn Fn(&Event)>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        (self.kind)()
    }

    fn handle(&self, event: Event) {
        (self.handler)(&event);
    }

    fn passive(&self) -> bool {
        false
    }
}
