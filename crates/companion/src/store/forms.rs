//! Forms that were begun. What stands in one is not the store's to know.

use rusqlite::{Connection, OptionalExtension};

use super::database::{Result, Store};

pub(super) fn forget(connection: &Connection, name: &str) -> Result<()> {
    connection.execute("DELETE FROM form WHERE name = ?1", [name])?;
    Ok(())
}

impl Store {
    /// Keeps what was typed so far; durable when this returns.
    pub fn keep_form(&self, name: &str, content: &str) -> Result<()> {
        self.lock().execute(
            "INSERT INTO form (name, content) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
            (name, content),
        )?;
        Ok(())
    }

    pub fn form(&self, name: &str) -> Result<Option<String>> {
        let content = self.lock().query_row("SELECT content FROM form WHERE name = ?1", [name], |row| row.get(0));
        Ok(content.optional()?)
    }

    pub fn forget_form(&self, name: &str) -> Result<()> {
        forget(&self.lock(), name)
    }
}
