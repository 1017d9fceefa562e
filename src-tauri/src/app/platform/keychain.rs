//! The Secret Service of freedesktop.org: GNOME's keyring, KWallet and their like, over D-Bus by GIO. A collection that is
//! locked stays locked: the dialog that would open it is not put in the way of help.

use companion::host::{Keychain, NoKeychain, Secret};
use gio::{DBusCallFlags, DBusConnection};
use gtk::glib::{
    Variant, VariantTy,
    variant::{FromVariant, ObjectPath, ToVariant},
};
use std::collections::HashMap;

const SERVICE: &str = "org.freedesktop.secrets";
/// For each of a few calls; the first may have to start the service.
const LONGEST_MS: i32 = 1500;
/// The object that stands for none.
const NONE: &str = "/";

pub struct SecretService {
    /// What names our item among those of other apps.
    pub app: &'static str,
}

impl Keychain for SecretService {
    fn read(&self) -> Result<Option<Secret>, NoKeychain> {
        let open = Open::new()?;
        let Some(item) = open.item(self.app)? else { return Ok(None) };
        let (secret,): ((ObjectPath, Vec<u8>, Vec<u8>, String),) =
            open.call(&item, "org.freedesktop.Secret.Item", "GetSecret", &(open.session.clone(),).to_variant())?;
        let key = secret.2.try_into().map_err(|_| NoKeychain("what it holds is no key".into()))?;
        Ok(Some(Secret(key)))
    }

    fn write(&self, secret: &Secret) -> Result<(), NoKeychain> {
        let open = Open::new()?;
        let attributes = HashMap::from([("application", self.app)]);
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", "Saparlas".to_variant()),
            ("org.freedesktop.Secret.Item.Attributes", attributes.to_variant()),
        ]);
        let value = (open.session.clone(), Vec::<u8>::new(), secret.0.to_vec(), "application/octet-stream");
        let given = (properties, value, true).to_variant();
        let (_, prompt): (ObjectPath, ObjectPath) =
            open.call(&open.collection, "org.freedesktop.Secret.Collection", "CreateItem", &given)?;
        // it would ask the user something
        if prompt.as_str() == NONE { Ok(()) } else { Err(NoKeychain("it asks before it keeps".into())) }
    }
}

/// A session with the service, and its default collection, which is not locked.
struct Open {
    bus: DBusConnection,
    session: ObjectPath,
    collection: String,
}

impl Open {
    fn new() -> Result<Self, NoKeychain> {
        let bus = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).map_err(no_keychain)?;
        let service = "/org/freedesktop/secrets";
        let of_service = "org.freedesktop.Secret.Service";
        // what passes is on this machine's own bus of this user
        let plain = ("plain", "".to_variant()).to_variant();
        let (_, session): (Variant, ObjectPath) = call(&bus, service, of_service, "OpenSession", &plain)?;
        let alias = ("default",).to_variant();
        let (collection,): (ObjectPath,) = call(&bus, service, of_service, "ReadAlias", &alias)?;
        let open = Self { bus, session, collection: collection.as_str().to_owned() };
        if open.collection == NONE {
            return Err(NoKeychain("it has no default collection".into()));
        }
        open.refuse_locked(&open.collection, "org.freedesktop.Secret.Collection")?;
        Ok(open)
    }

    fn item(&self, app: &str) -> Result<Option<String>, NoKeychain> {
        let attributes = (HashMap::from([("application", app)]),).to_variant();
        let (items,): (Vec<ObjectPath>,) =
            self.call(&self.collection, "org.freedesktop.Secret.Collection", "SearchItems", &attributes)?;
        let Some(item) = items.first().map(|item| item.as_str().to_owned()) else { return Ok(None) };
        self.refuse_locked(&item, "org.freedesktop.Secret.Item")?;
        Ok(Some(item))
    }

    fn refuse_locked(&self, object: &str, interface: &str) -> Result<(), NoKeychain> {
        let asked = (interface, "Locked").to_variant();
        let (locked,): (Variant,) = self.call(object, "org.freedesktop.DBus.Properties", "Get", &asked)?;
        if locked.get::<bool>() == Some(false) { Ok(()) } else { Err(NoKeychain("it is locked".into())) }
    }

    fn call<T: FromVariant>(
        &self,
        object: &str,
        interface: &str,
        method: &str,
        given: &Variant,
    ) -> Result<T, NoKeychain> {
        call(&self.bus, object, interface, method, given)
    }
}

fn call<T: FromVariant>(
    bus: &DBusConnection,
    object: &str,
    interface: &str,
    method: &str,
    given: &Variant,
) -> Result<T, NoKeychain> {
    let none: Option<&VariantTy> = None;
    let (flags, cancel) = (DBusCallFlags::NONE, gio::Cancellable::NONE);
    let answer = bus
        .call_sync(Some(SERVICE), object, interface, method, Some(given), none, flags, LONGEST_MS, cancel)
        .map_err(no_keychain)?;
    answer.get().ok_or_else(|| NoKeychain(format!("{method} has another answer: {}", answer.type_())))
}

fn no_keychain(error: gtk::glib::Error) -> NoKeychain {
    NoKeychain(error.message().to_owned())
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    const KEY: [u8; 32] = *b"a key that a real keyring gives.";

    /// Run by the test below, on a bus of its own with a keyring that is open.
    #[test]
    #[ignore = "run by another"]
    fn it_gives_back_what_it_was_given() {
        let keychain = SecretService { app: "test.saparlas" };
        assert!(keychain.read().unwrap().is_none());
        keychain.write(&Secret([7; 32])).unwrap();
        keychain.write(&Secret(KEY)).unwrap();
        assert_eq!(keychain.read().unwrap().unwrap().0, KEY);
        assert!(SecretService { app: "another" }.read().unwrap().is_none());
    }

    /// Run by the test below, on a bus of its own with a keyring that nobody opened, and on one with none.
    #[test]
    #[ignore = "run by another"]
    fn it_is_not_used() {
        let keychain = SecretService { app: "test.saparlas" };
        assert!(keychain.read().is_err());
        assert!(keychain.write(&Secret(KEY)).is_err());
    }

    /// On a bus, in a home, of its own.
    fn passes_after(name: &str, begin: &str) {
        let home = tempfile::tempdir().unwrap();
        let script = format!("{begin}\n\"$1\" --exact \"$2\" --ignored --nocapture");
        let module = module_path!().split_once("::").map_or("", |(_, module)| module);
        let output = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", &script, "sh"])
            .arg(std::env::current_exe().unwrap())
            .arg(format!("{module}::{name}"))
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .env_remove("DISPLAY")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }

    #[test]
    #[cfg_attr(no_keyring, ignore = "no gnome-keyring-daemon here")]
    fn a_keyring_that_is_open_keeps_the_key() {
        let unlock = "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
        passes_after("it_gives_back_what_it_was_given", unlock);
    }

    #[test]
    #[cfg_attr(no_keyring, ignore = "no gnome-keyring-daemon here")]
    fn one_that_is_locked_is_not_used_and_asks_nothing() {
        passes_after("it_is_not_used", "gnome-keyring-daemon --start --components=secrets >/dev/null");
    }

    #[test]
    #[cfg_attr(no_bus, ignore = "no dbus-run-session here")]
    fn one_that_is_not_there_is_not_used() {
        passes_after("it_is_not_used", "");
    }
}
