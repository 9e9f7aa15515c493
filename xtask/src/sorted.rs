//! Wasm written anew, so that it becomes smaller when it is packed: functions
//! that are alike lie side by side, all numbers are as short as they can be,
//! and what is there for tools alone, such as names, is left out.
//!
//! What packs finds what it has had before the better the nearer it lies. And
//! chunks come with room for any number in the place of each, as linkers leave
//! it.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload,
    TypeRef,
};

use crate::bundle::refused;

/// The module, which does the same, in this form.
///
/// # Errors
/// When it is no whole module of wasm.
pub fn sorted(wasm: &[u8]) -> crate::Result<Vec<u8>> {
    let write = || -> Result<Vec<u8>> {
        let order = Order::of(wasm)?;
        let mut module = Module::new();
        Sorter(&order).parse_core_module(&mut module, Parser::new(0), wasm)?;
        Ok(module.finish())
    };
    write().map_err(|error| refused("wasm-encoder", &error))
}

/// A function that is named and not there.
#[derive(Debug, thiserror::Error)]
#[error("there is no function {0}")]
struct Missing(u32);

type Result<T> = std::result::Result<T, Error<Missing>>;

/// The order of a module's own functions.
struct Order {
    /// So many are imported: their numbers come before, and stay.
    imported: u32,
    /// The former place of each, in the new order.
    former: Vec<usize>,
    /// The new place of each, in the former order.
    new: Vec<u32>,
}

impl Order {
    /// By their types, and then by their code.
    fn of(wasm: &[u8]) -> Result<Self> {
        let mut imported = 0;
        let mut types = Vec::new();
        let mut codes = Vec::new();
        for part in Parser::new(0).parse_all(wasm) {
            match part? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let TypeRef::Func(_) | TypeRef::FuncExact(_) = import?.ty {
                            imported += 1;
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    types = section.into_iter().collect::<std::result::Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => codes.push(body.as_bytes()),
                _ => {}
            }
        }
        if types.len() != codes.len() {
            return Err(Error::InvalidCodeSectionSize);
        }
        let mut functions: Vec<((u32, &[u8]), usize)> =
            types.into_iter().zip(codes).zip(0..).collect();
        functions.sort_unstable();
        let former: Vec<usize> = functions.into_iter().map(|(_, place)| place).collect();
        let mut new: Vec<(usize, u32)> = former.iter().copied().zip(0..).collect();
        new.sort_unstable();
        Ok(Self {
            imported,
            former,
            new: new.into_iter().map(|(_, place)| place).collect(),
        })
    }

    /// What there is of each function, in the new order.
    fn sort<T: Clone>(&self, of_each: &[T]) -> Vec<T> {
        let sorted = self.former.iter().filter_map(|place| of_each.get(*place));
        sorted.cloned().collect()
    }
}

struct Sorter<'a>(&'a Order);

impl Reencode for Sorter<'_> {
    type Error = Missing;

    fn function_index(&mut self, index: u32) -> Result<u32> {
        let Order { imported, new, .. } = self.0;
        let Some(own) = index.checked_sub(*imported) else {
            return Ok(index);
        };
        match new.get(own as usize) {
            Some(place) => Ok(imported + place),
            None => Err(Error::UserError(Missing(index))),
        }
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<()> {
        let types: Vec<u32> = section.into_iter().collect::<std::result::Result<_, _>>()?;
        for function in self.0.sort(&types) {
            functions.function(self.type_index(function)?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<()> {
        let bodies: Vec<FunctionBody<'_>> =
            section.into_iter().collect::<std::result::Result<_, _>>()?;
        for body in self.0.sort(&bodies) {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        ConstExpr, CustomSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
        Function, ImportSection, RefType, StartSection, TableSection, TableType, TypeSection,
        ValType,
    };
    use wasmparser::{ElementItems, Operator, Validator};

    use super::*;

    /// The call of a function, its number as long as linkers write it.
    fn call(index: u8) -> [u8; 6] {
        [0x10, index | 0x80, 0x80, 0x80, 0x80, 0]
    }

    /// A module that imports a function, and has some that call each other.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("a", "told", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        // Nine, by way of eight; eight; a start; seven.
        let bodies = [
            (1, [&call(2)[..], &[0x41, 1, 0x6a]].concat()),
            (1, vec![0x41, 8]),
            (0, call(0).to_vec()),
            (1, vec![0x41, 7]),
        ];
        for (function, body) in bodies {
            functions.function(function);
            code.function(Function::new([]).raw(body).raw([0x0b]));
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 9,
            maximum: None,
            shared: false,
        });
        let mut exports = ExportSection::new();
        for (name, index) in [("nine", 1), ("eight", 2), ("seven", 4)] {
            exports.export(name, ExportKind::Func, index);
        }
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(0),
            Elements::Functions([4, 0, 1][..].into()),
        );
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&tables);
        module
            .section(&exports)
            .section(&StartSection { function_index: 3 });
        module.section(&elements).section(&code);
        module.section(&CustomSection {
            name: "name".into(),
            data: (&[1, 2, 3][..]).into(),
        });
        module.finish()
    }

    /// What is done by each function that something leads to.
    fn deeds(wasm: &[u8]) -> Vec<(String, String)> {
        Validator::new().validate_all(wasm).unwrap();
        let mut codes: Vec<Option<FunctionBody<'_>>> = Vec::new();
        let mut ways = Vec::new();
        for part in Parser::new(0).parse_all(wasm) {
            match part.unwrap() {
                Payload::ImportSection(section) => {
                    codes.extend(section.into_imports().map(|_| None));
                }
                Payload::ExportSection(section) => {
                    let exports = section.into_iter().map(|export| export.unwrap());
                    ways.extend(exports.map(|export| (export.name.to_owned(), export.index)));
                }
                Payload::StartSection { func, .. } => ways.push(("start".to_owned(), func)),
                Payload::ElementSection(section) => {
                    for element in section {
                        let ElementItems::Functions(functions) = element.unwrap().items else {
                            panic!("not functions");
                        };
                        let functions = functions.into_iter().enumerate();
                        ways.extend(functions.map(|(at, index)| (format!("{at}"), index.unwrap())));
                    }
                }
                Payload::CodeSectionEntry(body) => codes.push(Some(body)),
                Payload::CustomSection(section) => panic!("it has {}", section.name()),
                _ => {}
            }
        }
        let deeds = ways.into_iter();
        deeds
            .map(|(way, index)| (way, deed(index, &codes)))
            .collect()
    }

    fn deed(index: u32, codes: &[Option<FunctionBody<'_>>]) -> String {
        let Some(body) = &codes[index as usize] else {
            return "tell".to_owned();
        };
        let steps = body.get_operators_reader().unwrap().into_iter();
        let steps = steps.map(|step| match step.unwrap() {
            Operator::Call { function_index } => format!("({})", deed(function_index, codes)),
            Operator::I32Const { value } => value.to_string(),
            other => format!("{other:?}"),
        });
        steps.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn it_does_the_same_with_functions_of_a_kind_side_by_side() {
        let module = module();
        let sorted = sorted(&module).unwrap();
        let deeds = deeds(&sorted);
        let of = |way: &str, deed: &str| (way.to_owned(), deed.to_owned());
        let want = [
            of("nine", "(8 End) 1 I32Add End"),
            of("eight", "8 End"),
            of("seven", "7 End"),
            of("start", "(tell) End"),
            of("0", "7 End"),
            of("1", "tell"),
            of("2", "(8 End) 1 I32Add End"),
        ];
        assert_eq!(deeds, want);
        let order = Order::of(&sorted).unwrap();
        assert_eq!(order.former, [0, 1, 2, 3]);
        // Four bytes for each of two calls, and what is for tools.
        assert_eq!(sorted.len() + 4 + 4 + 10, module.len());
        assert!(super::sorted(&module[..module.len() - 12]).is_err());
    }

    #[test]
    fn a_call_of_nothing_is_refused() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut code = CodeSection::new();
        code.function(Function::new([]).raw(call(1)).raw([0x0b]));
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code);
        let error = sorted(&module.finish()).unwrap_err().to_string();
        assert!(error.contains("there is no function 1"), "{error}");
    }
}
