//! Embeds the ministry's profile where a release names one in `SAPARLAS_EMBED_PROFILE`, and takes the app's identifier
//! from it.

use std::{env, error::Error, fs, path::PathBuf};

#[path = "build/identifier.rs"]
mod identifier;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=SAPARLAS_EMBED_PROFILE");
    let embedded = match env::var_os("SAPARLAS_EMBED_PROFILE") {
        Some(file) => {
            println!("cargo:rerun-if-changed={}", PathBuf::from(&file).display());
            fs::read_to_string(file)?
        }
        None => String::new(),
    };
    let config: serde_json::Value = serde_json::from_str(&fs::read_to_string("tauri.conf.json")?)?;
    let default = config["identifier"].as_str().ok_or("tauri.conf.json has no identifier")?;
    println!("cargo:rustc-env=SAPARLAS_IDENTIFIER={}", identifier::identifier(&embedded, default)?);
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("profile.json"), embedded)?;
    tauri_build::build();
    Ok(())
}
