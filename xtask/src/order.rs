//! The functions of a module in an order that compresses well.
//!
//! A compressor adapts to what it has just read, so a function costs least right after one that resembles it.
//! Functions are known by their place, thus each mention of one, in calls, exports, tables and the start, is
//! renumbered along.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

use crate::Result;

/// Rewrites a module with similar functions side by side; the reason where its form is not the known one. So many beginnings of
/// the chain that they form are tried, and the module that compresses best is kept.
pub(crate) fn by_likeness(module: &[u8], beginnings: usize) -> Result<Vec<u8>> {
    let (imported, bodies) = functions(module)?;
    // What the encoder cannot repeat byte by byte it may not understand.
    if rewritten(module, imported, (0..bodies.len()).collect())? != module {
        return Err("the encoder does not write the module as it is".to_owned());
    }
    let likeness = Likeness::of(&bodies);
    let beginnings: Vec<usize> =
        (0..bodies.len()).step_by((bodies.len() / beginnings).max(1)).take(beginnings).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let best_of = |beginnings: &[usize]| {
        let tried = beginnings.iter().map(|first| {
            let module = rewritten(module, imported, likeness.chain(*first))?;
            Ok((compressed(&module)?, *first, module))
        });
        tried.collect::<Result<Vec<_>>>().map(|tried| tried.into_iter().min())
    };
    let found: Vec<Result<_>> = std::thread::scope(|scope| {
        let parts = beginnings.chunks(beginnings.len().div_ceil(threads).max(1));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| best_of(part))).collect();
        running
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| Err("a thread of the search broke off".to_owned())))
            .collect()
    });
    let found = found.into_iter().collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().min().map_or_else(|| module.to_vec(), |(_, _, module)| module))
}

/// How many bytes of a module travel.
fn compressed(module: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*module, &mut out, &parameters).map_err(told)?;
    Ok(out.len())
}

/// How many functions the module imports, and the code of its own.
fn functions(module: &[u8]) -> Result<(usize, Vec<&[u8]>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(told)? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let kind = import.map_err(told)?.ty;
                    imported += usize::from(matches!(kind, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            // It may speak of functions by their numbers, in a form of its own.
            Payload::CustomSection(section) => return Err(format!("it has a section {:?}", section.name())),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// What functions have in common: pieces of four bytes.
struct Likeness {
    /// By function.
    pieces: Vec<BTreeSet<[u8; 4]>>,
    /// The functions that have a piece.
    holders: BTreeMap<[u8; 4], Vec<usize>>,
}

impl Likeness {
    fn of(bodies: &[&[u8]]) -> Self {
        let pieces: Vec<BTreeSet<[u8; 4]>> =
            bodies.iter().map(|body| body.array_windows().copied().collect()).collect();
        let mut holders = BTreeMap::<_, Vec<usize>>::new();
        for (function, pieces) in pieces.iter().enumerate() {
            for piece in pieces {
                holders.entry(*piece).or_default().push(function);
            }
        }
        Self { pieces, holders }
    }

    /// The functions in a chain from the first one on: the next is the one most of whose pieces are in the last one too.
    ///
    /// Finer measures, a longer look back and paths optimised as a whole gain less than chance gives and takes. It costs to
    /// measure by the smaller of two, and to put the most called ones first.
    fn chain(&self, first: usize) -> Vec<usize> {
        let mut left: BTreeSet<usize> = (0..self.pieces.len()).collect();
        let mut order = Vec::with_capacity(self.pieces.len());
        let mut next = left.get(&first).copied();
        while let Some(last) = next {
            left.remove(&last);
            order.push(last);
            let mut shared = vec![0_u32; self.pieces.len()];
            for holder in self.pieces[last].iter().flat_map(|piece| &self.holders[piece]) {
                shared[*holder] += 1;
            }
            let share =
                |function: usize| f64::from(shared[function]) / (1 + self.pieces[function].len()) as f64;
            next = left.iter().copied().max_by(|&a, &b| share(a).total_cmp(&share(b)));
        }
        order
    }
}

/// The module with its own functions in this order.
fn rewritten(module: &[u8], imported: usize, order: Vec<usize>) -> Result<Vec<u8>> {
    let mut places = vec![0; order.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = place;
    }
    let mut out = Module::new();
    Renumbering { imported, order, places }
        .parse_core_module(&mut out, Parser::new(0), module)
        .map_err(told)?;
    Ok(out.finish())
}

/// What is wrong with a module, as a reason.
fn told(error: impl std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Encodes a module as it is but for the order of its own functions.
struct Renumbering {
    /// How many functions are imported: theirs are the lowest numbers, and stay.
    imported: usize,
    /// The function at each place.
    order: Vec<usize>,
    /// The place of each function.
    places: Vec<usize>,
}

impl Reencode for Renumbering {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Encoded<u32> {
        let own = (function as usize).checked_sub(self.imported);
        let place = own.and_then(|own| self.places.get(own));
        Ok(place.map_or(function, |place| (self.imported + place) as u32))
    }

    fn parse_function_section(
        &mut self,
        out: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Encoded<()> {
        for kind in self.ordered(section)? {
            out.function(kind);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, out: &mut CodeSection, section: CodeSectionReader<'_>) -> Encoded<()> {
        for body in self.ordered(section)? {
            self.parse_function_body(out, body)?;
        }
        Ok(())
    }
}

impl Renumbering {
    /// The entries of a section that has one for each own function, in the new order.
    fn ordered<T: Clone>(
        &self,
        section: impl IntoIterator<Item = wasmparser::Result<T>>,
    ) -> wasmparser::Result<Vec<T>> {
        let entries = section.into_iter().collect::<wasmparser::Result<Vec<T>>>()?;
        Ok(self.order.iter().filter_map(|&function| entries.get(function).cloned()).collect())
    }
}

/// What the encoder gives back.
type Encoded<T> = std::result::Result<T, reencode::Error>;

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        ConstExpr, CustomSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
        GlobalSection, GlobalType, ImportSection, RefType, StartSection, TableSection, TableType,
        TypeSection, ValType,
    };
    use wasmparser::{ElementItems, Operator};

    use super::*;

    /// The marks of the functions, in the order of the test's module: those of a ten are alike.
    const MARKS: [i32; 5] = [10, 20, 30, 21, 11];

    /// A module of one imported function and one for each mark, which mention one another in every way.
    fn module() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("page", "a", EntityType::Function(0));
        module.section(&imports);
        let mut functions = FunctionSection::new();
        for mark in MARKS {
            functions.function(u32::from(mark == 30));
        }
        module.section(&functions);
        let mut tables = TableSection::new();
        let unlimited = TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 6,
            maximum: None,
            shared: false,
        };
        tables.table(unlimited);
        module.section(&tables);
        let mut globals = GlobalSection::new();
        let kind = GlobalType { val_type: ValType::FUNCREF, mutable: false, shared: false };
        globals.global(kind, &ConstExpr::ref_func(4));
        module.section(&globals);
        let mut exports = ExportSection::new();
        exports.export("second", ExportKind::Func, 2).export("fifth", ExportKind::Func, 5);
        module.section(&exports);
        module.section(&StartSection { function_index: 4 });
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(0), Elements::Functions([3, 0, 5].as_slice().into()));
        let constants = [ConstExpr::ref_func(2), ConstExpr::ref_func(1)];
        elements.passive(Elements::Expressions(RefType::FUNCREF, constants.as_slice().into()));
        module.section(&elements);
        let mut code = CodeSection::new();
        for (own, mark) in MARKS.into_iter().enumerate() {
            let mut function = Function::new([]);
            let mut body = function.instructions();
            body.i32_const(mark).drop();
            for like in 0..4 {
                body.i32_const(mark / 10 * 1000 + like).drop();
            }
            // Each calls the next, and the last one what is imported.
            body.call((own as u32 + 2) % 6).ref_func(own as u32 + 1).drop().end();
            code.function(&function);
        }
        module.section(&code);
        module.finish()
    }

    /// The marks of a module's own functions, in their order.
    fn marks(module: &[u8]) -> Vec<i32> {
        let mark = |operators: &[Operator]| match operators {
            [Operator::I32Const { value }, ..] => *value,
            _ => panic!("a function without a mark"),
        };
        bodies(module).iter().map(|body| mark(body)).collect()
    }

    fn bodies(module: &[u8]) -> Vec<Vec<Operator<'_>>> {
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::CodeSectionEntry(body) = payload.unwrap() {
                let operators = body.get_operators_reader().unwrap();
                bodies.push(operators.into_iter().map(std::result::Result::unwrap).collect());
            }
        }
        bodies
    }

    /// All that a module says, each own function by its mark and the imported one by 0.
    fn said(module: &[u8]) -> BTreeSet<String> {
        let marks = marks(module);
        let name = |function: u32| if function == 0 { 0 } else { marks[function as usize - 1] };
        let named = |operator: &Operator| match operator {
            Operator::Call { function_index } => format!("call {}", name(*function_index)),
            Operator::RefFunc { function_index } => format!("refer {}", name(*function_index)),
            other => format!("{other:?}"),
        };
        let constant = |constant: wasmparser::ConstExpr| {
            named(&constant.get_operators_reader().into_iter().next().unwrap().unwrap())
        };
        let mut said = BTreeSet::new();
        for (mark, body) in marks.iter().zip(bodies(module)) {
            said.insert(format!("{mark} is {:?}", body.iter().map(named).collect::<Vec<_>>()));
        }
        for payload in Parser::new(0).parse_all(module) {
            match payload.unwrap() {
                Payload::FunctionSection(types) => said.extend(
                    marks.iter().zip(types).map(|(mark, kind)| format!("{mark} has type {}", kind.unwrap())),
                ),
                Payload::GlobalSection(globals) => said.extend(
                    globals
                        .into_iter()
                        .map(|global| format!("global {}", constant(global.unwrap().init_expr))),
                ),
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export.unwrap();
                        said.insert(format!("{} is {}", export.name, name(export.index)));
                    }
                }
                Payload::StartSection { func, .. } => {
                    said.insert(format!("start {}", name(func)));
                }
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let items: Vec<String> = match element.unwrap().items {
                            ElementItems::Functions(functions) => functions
                                .into_iter()
                                .map(|function| name(function.unwrap()).to_string())
                                .collect(),
                            ElementItems::Expressions(_, constants) => {
                                constants.into_iter().map(|item| constant(item.unwrap())).collect()
                            }
                        };
                        said.insert(format!("elements {items:?}"));
                    }
                }
                _ => {}
            }
        }
        said
    }

    #[test]
    fn a_module_says_the_same_in_the_new_order() {
        let before = module();
        let after = by_likeness(&before, 8).unwrap();
        let mut order = marks(&after);
        assert_ne!(order, MARKS);
        assert_eq!(said(&after), said(&before));
        assert!(said(&before).len() >= 2 * MARKS.len() + 6);
        order.sort_unstable();
        assert_eq!(order, [10, 11, 20, 21, 30]);
    }

    #[test]
    fn functions_that_are_alike_stand_side_by_side() {
        let tens: Vec<i32> =
            marks(&by_likeness(&module(), 8).unwrap()).iter().map(|mark| mark / 10).collect();
        assert_eq!(tens.chunk_by(|a, b| a == b).count(), 3, "{tens:?}");
    }

    #[test]
    fn each_function_has_one_place() {
        let bodies: [&[u8]; 6] = [b"", b"abcdefg", b"abc", b"xabcdex", b"", b"fghabcde"];
        for first in 0..bodies.len() {
            let mut order = Likeness::of(&bodies).chain(first);
            assert_eq!(order[0], first);
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3, 4, 5]);
        }
        assert!(Likeness::of(&[]).chain(0).is_empty());
    }

    #[test]
    fn what_is_not_of_the_known_form_stays() {
        assert!(by_likeness(b"no module", 8).is_err());
        assert!(by_likeness(&module()[..100], 8).is_err());
        let mut named = module();
        let section = CustomSection { name: "name".into(), data: [].as_slice().into() };
        wasm_encoder::Section::append_to(&section, &mut named);
        assert_eq!(by_likeness(&named, 8), Err("it has a section \"name\"".to_owned()));
        // The number of types takes two bytes where one would do.
        let mut long = module();
        long[9] += 1;
        long.splice(10..11, [0x82, 0]);
        assert!(by_likeness(&long, 8).unwrap_err().starts_with("the encoder"));
    }
}
