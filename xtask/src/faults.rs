//! A module that stops at a fault without a word.
//!
//! The standard library says what is wrong where a program ends, and each place that may end one prepares the words. Readers
//! never see them: the page's script notices that the app has stopped, and says so. The module ends all the same where it
//! would have ended; a build for developing keeps the words.

use std::collections::BTreeSet;
use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, Function, Module};
use wasmparser::{CodeSectionReader, KnownCustom, Name, Parser, Payload, TypeRef};

use crate::Result;

/// Functions that never come back, by the beginnings of their names: from each of them the program ends.
const ENDS: [&str; 9] = [
    "core::panicking::",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already",
    "core::slice::index::slice_index_fail",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
];

/// Functions that are never called, by the beginnings of their names: what would be done with the words of a fault, and Yew's
/// work on kinds of nodes that no view makes. Views make elements, texts and lists, and the attributes of an element are a list.
const UNUSED: [&str; 14] = [
    "annals::web::crash::install::{closure",
    "console_error_panic_hook::hook",
    "<std::panic::PanicHookInfo as core::fmt::Display>",
    "<wasm_bindgen::JsValue as core::fmt::Debug>",
    "<yew::virtual_dom::vportal::VPortal as yew::dom_bundle",
    "<yew::virtual_dom::vraw::VRaw as yew::dom_bundle",
    "<yew::virtual_dom::vsuspense::VSuspense as yew::dom_bundle",
    "<alloc::rc::Rc<yew::virtual_dom::vportal::VPortal> as yew::utils",
    "<alloc::rc::Rc<yew::virtual_dom::vsuspense::VSuspense> as yew::utils",
    "<yew::dom_bundle::braw::BRaw>::detach_bundle",
    "<<yew::html::component::lifecycle::ComponentState>::suspend",
    "<yew::html::component::scope::AnyScope>::find_parent_scope::<yew::suspense",
    "<yew::html::component::scope::Scope<yew::suspense",
    "<yew::virtual_dom::Attributes>::apply_diff_index_maps",
];

/// The same for components within the app, which only some modules have: they know how to mount one.
const COMPONENTS: [&str; 2] = [
    "<yew::virtual_dom::vcomp::VComp as yew::dom_bundle",
    "<alloc::rc::Rc<yew::virtual_dom::vcomp::VComp> as yew::utils",
];
const MOUNTING: &str = "<yew::virtual_dom::vcomp::PropsWrapper<";

/// What the libraries would say of a fault, in pieces, a longer one before those that it holds. What Yew tells the console
/// itself before it ends is not among them.
pub(crate) const WORDS: [&str; 68] = [
    "match track_edge_idx {\n    LeftOrRight::Left(idx) => idx <= old_left_len,\n    LeftOrRight::Right(idx) => idx <= right_len,\n}",
    "new_left_len <= CAPACITY",
    "old_left_len >= count",
    "old_right_len >= count",
    "old_left_len + count <= CAPACITY",
    "old_right_len + count <= CAPACITY",
    "idx < CAPACITY",
    "edge.height == self.node.height - 1",
    "edge.height == self.height - 1",
    "src.len() == dst.len()",
    "assertion failed: self.height > 0",
    "assertion failed: count > 0",
    "assertion failed: min <= max",
    "assertion failed: ",
    "assertion `left ",
    " right` failed",
    "index out of bounds: the len is ",
    " but the index is ",
    "slice index starts at ",
    "range start index ",
    "range end index ",
    " out of range for slice of length ",
    "copy_from_slice: source slice length (",
    ") does not match destination slice length (",
    "insertion index (is ",
    ") should be <= len (is ",
    "attempt to divide with overflow",
    "attempt to divide by zero",
    "attempt to calculate the remainder with a divisor of zero",
    "attempt to join into collection with len > usize::MAX",
    "a formatting trait implementation returned an error when the underlying stream did not",
    "a Display implementation returned an error unexpectedly",
    "capacity overflow",
    "Hash table capacity overflow",
    "called `Option::unwrap()` on a `None` value",
    "called `Result::unwrap()` on an `Err` value",
    "called `Option::unwrap_throw()` on a `None` value",
    "called `Result::unwrap_throw()` on an `Err` value",
    "internal error: entered unreachable code: empty internal node",
    "internal error: entered unreachable code",
    "`async fn` resumed after completion",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
    "LazyCell instance has previously been poisoned",
    "Once instance has previously been poisoned",
    "one-time initialization may not be performed recursively",
    "Attempted to initialize thread-local while it is being dropped",
    "cannot modify the panic hook from a panicking thread",
    "failed to generate unique thread ID: bitspace exhausted",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
    "closure invoked recursively or after being dropped",
    "FnOnce called more than once",
    "panicked at ",
    "Can't find the global Window",
    "Can't find document",
    "can't create element for vtag",
    "can't create namespaced element for vtag",
    "couldn't clone cached element",
    "couldn't clone node to be cached",
    "can't remove a child",
    "failed to append child",
    "failed to create detached element",
    "unkeyed child in fully keyed list",
    "invalid attribute key",
    "could not set property",
    "could not remove attribute",
    "could not remove property",
    "To suspend rendering, a <Suspense /> component is required.",
];

/// The function by which the app tells the page that it ends.
const LAST_WORD: &str = "annals::web::crash::give_up";

/// The function by which wasm-bindgen throws an error into the script, and a part of the name of the import by which that does
/// it.
const THROWING: (&str, &str) = ("wasm_bindgen::throw_str", "__wbindgen_throw");

/// Rewrites a module so that it ends, and throws, without words; the reason where its form is not the known one.
pub(crate) fn silence(module: &[u8]) -> Result<Vec<u8>> {
    let mut silencing = Silencing::of(module).map_err(told)?;
    if silencing.ends.is_empty() {
        return Err("it names no function that ends it".to_owned());
    }
    let mut out = Module::new();
    silencing.parse_core_module(&mut out, Parser::new(0), module).map_err(told)?;
    Ok(out.finish())
}

/// What is wrong with a module, as a reason.
fn told(error: impl std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Encodes a module as it is but for some functions.
#[derive(Default)]
struct Silencing {
    /// How many functions are imported: theirs are the lowest numbers.
    imported: u32,
    /// The functions that end the program instead of what they did, by their numbers.
    ends: BTreeSet<u32>,
    /// The same for [`COMPONENTS`], as long as there is none.
    components: Option<BTreeSet<u32>>,
    /// The number of [`LAST_WORD`].
    last_word: Option<u32>,
    /// The numbers of [`THROWING`].
    throwing: (Option<u32>, Option<u32>),
}

impl Silencing {
    fn of(module: &[u8]) -> wasmparser::Result<Self> {
        let mut found = Self { components: Some(BTreeSet::new()), ..Self::default() };
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        if matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                            if import.name.contains(THROWING.1) {
                                found.throwing.1 = Some(found.imported);
                            }
                            found.imported += 1;
                        }
                    }
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(parts) = section.as_known() else { continue };
                    for part in parts {
                        let Name::Function(names) = part? else { continue };
                        for name in names {
                            let name = name?;
                            found.see(name.index, &plain(name.name));
                        }
                    }
                }
                _ => {}
            }
        }
        found.ends.extend(found.components.iter().flatten());
        Ok(found)
    }

    /// Takes in what a function is called.
    fn see(&mut self, number: u32, name: &str) {
        let is_one_of = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
        if name == LAST_WORD {
            self.last_word = Some(number);
        } else if name == THROWING.0 {
            self.throwing.0 = Some(number);
        } else if name.starts_with(MOUNTING) {
            self.components = None;
        } else if number >= self.imported && (is_one_of(&ENDS) || is_one_of(&UNUSED)) {
            self.ends.insert(number);
        } else if let Some(components) = self.components.as_mut().filter(|_| is_one_of(&COMPONENTS)) {
            components.insert(number);
        }
    }

    /// What a function does instead of what it did; `None` where it stays.
    fn instead(&self, number: u32) -> Option<Function> {
        let mut function = Function::new([]);
        match self.throwing {
            (Some(throws), Some(import)) if throws == number => {
                function.instructions().i32_const(0).i32_const(0).call(import);
            }
            _ if !self.ends.contains(&number) => return None,
            _ => {
                if let Some(last_word) = self.last_word {
                    function.instructions().call(last_word);
                }
            }
        }
        function.instructions().unreachable().end();
        Some(function)
    }
}

/// A name without the hashes in it: `core[c5930c85a12de822]::option` is `core::option`.
fn plain(name: &str) -> String {
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once(']').map_or(part, |(_, after)| after))
}

impl Reencode for Silencing {
    type Error = Infallible;

    fn parse_code_section(
        &mut self,
        out: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> std::result::Result<(), reencode::Error> {
        for (number, body) in (self.imported..).zip(section) {
            match self.instead(number) {
                Some(function) => {
                    out.function(&function);
                }
                None => self.parse_function_body(out, body?)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        EntityType, FunctionSection, ImportSection, Instruction, NameMap, NameSection, TypeSection, ValType,
    };
    use wasmparser::Operator;

    use super::*;

    /// A module that imports two functions and has one for each of these names, which gives its place among them.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32, ValType::I32], []);
        types.ty().function([], [ValType::I32]);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("page", "__wbg_core", EntityType::Function(0));
        imports.import("page", "__wbg___wbindgen_throw_12", EntityType::Function(1));
        module.section(&imports);
        let (mut functions, mut code, mut known) =
            (FunctionSection::new(), CodeSection::new(), NameMap::new());
        known.append(0, "core::panicking::imported");
        for (place, name) in (0..).zip(names) {
            functions.function(2);
            let mut function = Function::new([]);
            function.instruction(&Instruction::I32Const(place)).instruction(&Instruction::End);
            code.function(&function);
            known.append(2 + place as u32, name);
        }
        module.section(&functions).section(&code);
        let mut names = NameSection::new();
        names.functions(&known);
        module.section(&names);
        module.finish()
    }

    /// What each function does, without its end.
    fn done(module: &[u8]) -> Vec<String> {
        let said = |operator: Operator| match operator {
            Operator::I32Const { value } => value.to_string(),
            Operator::Call { function_index } => format!("call {function_index}"),
            Operator::Unreachable => "stop".to_owned(),
            other => format!("{other:?}"),
        };
        let mut done = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::CodeSectionEntry(body) = payload.unwrap() {
                let operators = body.get_operators_reader().unwrap().into_iter();
                let mut words: Vec<String> = operators.map(|operator| said(operator.unwrap())).collect();
                assert_eq!(words.pop().as_deref(), Some("End"));
                done.push(words.join(", "));
            }
        }
        done
    }

    #[test]
    fn what_ends_the_app_tells_the_page_and_nothing_else() {
        let names = [
            "core[c5930c85a12de822]::panicking::panic_fmt",
            "annals[1f]::web::crash::give_up",
            "annals[1f]::view::core::panicking::not_it",
            "<alloc[3c]::rc::Rc<yew[2a]::virtual_dom::vcomp::VComp> as yew[2a]::utils::RcExt>::unwrap_or_clone",
            "<alloc[3c]::rc::Rc<yew[2a]::virtual_dom::vtag::VTag> as yew[2a]::utils::RcExt>::unwrap_or_clone",
            "wasm_bindgen[10]::throw_str",
        ];
        let silent = silence(&module(&names)).unwrap();
        assert_eq!(done(&silent), ["call 3, stop", "1", "2", "call 3, stop", "4", "0, 0, call 1, stop"]);
    }

    #[test]
    fn what_draws_components_stays_where_there_are_any() {
        let names = [
            "annals[1f]::web::crash::give_up",
            "<yew[2a]::virtual_dom::vcomp::VComp as yew[2a]::dom_bundle::traits::Reconcilable>::attach",
            "core[c5]::panicking::panic_fmt",
            "<yew[2a]::virtual_dom::vcomp::PropsWrapper<annals[1f]::view::Tracks> as yew[2a]::virtual_dom::vcomp::Mountable>::mount",
        ];
        let silent = silence(&module(&names)).unwrap();
        assert_eq!(done(&silent), ["0", "1", "call 2, stop", "3"]);
    }

    #[test]
    fn a_module_that_tells_no_page_stops() {
        let silent = silence(&module(&["alloc[3c]::raw_vec::handle_error", "loader[5]::load"])).unwrap();
        assert_eq!(done(&silent), ["stop", "1"]);
    }

    #[test]
    fn a_module_without_names_stays() {
        assert!(silence(&module(&["annals::main"])).is_err());
        assert!(silence(b"no module").is_err());
    }
}
