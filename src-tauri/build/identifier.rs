//! The name by which systems and shops know the app: the ministry's own, from its profile.

use serde_json::Value;

/// `identifier` of a profile; `default` where there is no profile, or it names none.
///
/// # Errors
/// What is wrong, in words: the text is no JSON, or no shop would take the identifier.
pub fn identifier(profile: &str, default: &str) -> Result<String, String> {
    if profile.is_empty() {
        return Ok(default.to_owned());
    }
    let profile: Value = serde_json::from_str(profile).map_err(|error| format!("the profile is no JSON: {error}"))?;
    match profile.get("identifier") {
        None => Ok(default.to_owned()),
        Some(Value::String(name)) if is_identifier(name) => Ok(name.clone()),
        Some(other) => Err(format!("the profile's identifier is not like kz.saparlas.app: {other}")),
    }
}

/// Two names or more with dots between, each a small letter and then small letters or digits: what Android, Apple and
/// D-Bus all take.
fn is_identifier(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= 100 && text.contains('.') && text.split('.').all(is_name)
}
