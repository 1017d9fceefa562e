//! JSON as officers write it: a name given twice is a mistake that no reader could guess, so it is refused.

use std::{cell::RefCell, fmt};

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// The value of a text.
///
/// # Errors
/// Where it is not JSON, or an object in it gives a name twice; the error says where.
pub fn read(text: &str) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let path = RefCell::new(Vec::new());
    let value = Once(&path).deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Every text in a value with its JSON pointer, names of fields among them.
pub fn texts<'a>(value: &'a Value, pointer: &str, found: &mut Vec<(String, &'a str)>) {
    match value {
        Value::String(text) => found.push((pointer.to_owned(), text)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| texts(item, &format!("{pointer}/{at}"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let inner = format!("{pointer}/{}", escaped(name));
            found.push((inner.clone(), name));
            texts(value, &inner, found);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Where the reader is.
struct Once<'p>(&'p RefCell<Vec<String>>);

impl Once<'_> {
    fn at<T>(&self, step: &str, read: impl FnOnce() -> T) -> T {
        self.0.borrow_mut().push(escaped(step));
        let read = read();
        self.0.borrow_mut().pop();
        read
    }
}

impl<'de> DeserializeSeed<'de> for Once<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.at(&items.len().to_string(), || seq.next_element_seed(Once(self.0)))? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if fields.contains_key(&name) {
                let pointer = self.at(&name, || format!("/{}", self.0.borrow().join("/")));
                return Err(de::Error::custom(format!("{pointer} is given twice")));
            }
            let value = self.at(&name, || map.next_value_seed(Once(self.0)))?;
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_given_twice_is_refused_with_its_place() {
        let twice = read(r#"{"a":[{"b":1},{"c/d":{"en":1,"ru":2,"en":3}}]}"#).unwrap_err().to_string();
        assert!(twice.contains("/a/1/c~1d/en is given twice"), "{twice}");
        assert!(read(r#"{"a":1,"\u0061":2}"#).is_err());
        assert!(read(r#"{"a":{"b":1},"c":{"b":1}}"#).is_ok());
        assert!(read("{} x").is_err());
        assert!(read(&"[".repeat(100_000)).is_err(), "depth costs no stack");
    }

    #[test]
    fn every_text_is_found_with_its_pointer() {
        let value = read(r#"{"a/b":["x",{"c":"y"}],"d":1}"#).unwrap();
        let mut found = Vec::new();
        texts(&value, "", &mut found);
        assert!(
            found.contains(&("/a~1b/0".to_owned(), "x")) && found.contains(&("/a~1b/1/c".to_owned(), "y")),
            "{found:?}"
        );
        assert!(found.contains(&("/a~1b".to_owned(), "a/b")), "{found:?}");
    }

    proptest! {
        #[test]
        fn without_a_name_twice_it_reads_what_any_reader_reads(text in r#"[\[\]{}",:0-9a-c.\- ]{0,30}"#) {
            if let Ok(read) = read(&text) {
                prop_assert_eq!(read, serde_json::from_str::<Value>(&text).unwrap());
            }
        }
    }
}
