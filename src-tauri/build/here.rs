//! What tests need of this machine: one that cannot run here is named as not run, and in CI it fails.

use std::env;

/// Each `cfg` says that one of its programs is missing.
const NEEDED: [(&str, &[&str]); 2] =
    [("no_bus", &["dbus-run-session"]), ("no_keyring", &["dbus-run-session", "gnome-keyring-daemon"])];

pub fn tell() {
    println!("cargo:rerun-if-env-changed=PATH");
    println!("cargo:rerun-if-env-changed=CI");
    for (cfg, programs) in NEEDED {
        println!("cargo:rustc-check-cfg=cfg({cfg})");
        if env::var_os("CI").is_none() && !programs.iter().all(|program| is_here(program)) {
            println!("cargo:rustc-cfg={cfg}");
        }
    }
}

fn is_here(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).exists())
}
