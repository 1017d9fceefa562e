//! What the screens say, in the traveller's language: the UI's own messages, read where they are written.

use std::{collections::HashMap, fs, path::PathBuf};

use contract::words::Lang;
use serde_json::Value;

use crate::Result;

/// A path in the repository.
pub fn at_root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).with_file_name(path)
}

/// The POSIX locale of a system in that language.
pub fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::Kk => "kk_KZ.UTF-8",
        Lang::Ru => "ru_RU.UTF-8",
        Lang::En => "en_GB.UTF-8",
    }
}

/// The messages of one language.
pub struct Messages {
    lang: Lang,
    all: HashMap<String, Value>,
}

impl Messages {
    pub fn of(lang: Lang) -> Result<Self> {
        Self::read("ui/messages", lang)
    }

    /// Those of the officers' console.
    pub fn of_console(lang: Lang) -> Result<Self> {
        Self::read("backend/console/messages", lang)
    }

    fn read(folder: &str, lang: Lang) -> Result<Self> {
        let file = at_root(folder).join(format!("{}.json", lang.tag()));
        Ok(Self { lang, all: serde_json::from_str(&fs::read_to_string(file)?)? })
    }

    /// A message up to its first placeholder.
    pub fn get(&self, key: &str) -> Result<&str> {
        let whole = self.whole(key)?;
        Ok(whole.split('{').next().unwrap_or(whole).trim())
    }

    /// What a message says behind its first placeholder, up to the next.
    pub fn behind(&self, key: &str) -> Result<&str> {
        let behind = self.whole(key)?.split('}').nth(1).ok_or_else(|| format!("{key} has no placeholder"))?;
        Ok(behind.split('{').next().unwrap_or(behind).trim_matches([' ', '.']))
    }

    fn whole(&self, key: &str) -> Result<&str> {
        let whole = self.all.get(key).and_then(Value::as_str);
        Ok(whole.ok_or_else(|| format!("no message {key} in {}", self.lang.tag()))?)
    }
}
