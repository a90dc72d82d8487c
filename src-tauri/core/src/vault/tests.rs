//! I24: whatever is wrong with the keychain, it is said, nothing is stored in clear, and nothing is lost.

use std::collections::HashMap;
use std::io::{Write as _, stdout};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use keyring_core::api::{CredentialApi, CredentialPersistence, CredentialStoreApi};
use keyring_core::{Credential, CredentialStore, Entry, Error};

use super::keychain::{Keychain, PATIENCE};
use super::{Home, MasterKey, Opened, SecretsPlace, Vault};
use crate::store::{Store, settings};

/// What is wrong with the keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    NoBus,
    NoService,
    LockedWithoutPrompt,
    DiesMidCall,
    SessionOnly,
    WrittenThenMissing,
    TooLarge,
    EntryDeleted,
    Denied,
    LostAtReboot,
}

const MODES: [Trouble; 10] = [
    Trouble::NoBus,
    Trouble::NoService,
    Trouble::LockedWithoutPrompt,
    Trouble::DiesMidCall,
    Trouble::SessionOnly,
    Trouble::WrittenThenMissing,
    Trouble::TooLarge,
    Trouble::EntryDeleted,
    Trouble::Denied,
    Trouble::LostAtReboot,
];

/// A keychain in memory that fails as it is told.
#[derive(Debug, Clone, Default)]
struct StandIn {
    entries: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    trouble: Arc<Mutex<Option<Trouble>>>,
}

impl StandIn {
    fn trouble(&self) -> Option<Trouble> {
        *self.trouble.lock().unwrap()
    }

    fn is_now(&self, trouble: Option<Trouble>) {
        let forgets = [Trouble::EntryDeleted, Trouble::LostAtReboot];
        if trouble.is_some_and(|trouble| forgets.contains(&trouble)) {
            self.entries.lock().unwrap().clear();
        }
        *self.trouble.lock().unwrap() = trouble;
    }

    /// A vault that reaches this keychain. One that never answers gets little time, and any other all it wants:
    /// the machine may be busy.
    fn vault(&self, data_dir: &Path) -> Vault {
        let me = self.clone();
        let patience = match self.trouble() {
            Some(Trouble::LockedWithoutPrompt) => Duration::from_millis(50),
            _ => Duration::from_secs(600),
        };
        let reach = move || match me.trouble() {
            Some(Trouble::NoBus) => Err(failure("no session bus")),
            Some(Trouble::NoService) => Err(failure("ServiceUnknown")),
            _ => Ok(Arc::new(me.clone()) as Arc<CredentialStore>),
        };
        let keychain = Keychain::reached_by(Arc::new(reach), patience, data_dir);
        Vault::at(data_dir, None, Home::Keychain(keychain))
    }
}

fn failure(words: &str) -> Error {
    Error::PlatformFailure(words.to_owned().into())
}

impl CredentialStoreApi for StandIn {
    fn vendor(&self) -> String {
        "tests".to_owned()
    }

    fn id(&self) -> String {
        "stand-in".to_owned()
    }

    fn build(&self, _: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry, Error> {
        let (store, user) = (self.clone(), user.to_owned());
        Ok(Entry::new_with_credential(Arc::new(StandInEntry {
            store,
            user,
        })))
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn persistence(&self) -> CredentialPersistence {
        match self.trouble() {
            Some(Trouble::SessionOnly) => CredentialPersistence::UntilLogout,
            Some(Trouble::LostAtReboot) => CredentialPersistence::UntilReboot,
            _ => CredentialPersistence::UntilDelete,
        }
    }
}

#[derive(Debug)]
struct StandInEntry {
    store: StandIn,
    user: String,
}

impl CredentialApi for StandInEntry {
    fn set_secret(&self, secret: &[u8]) -> Result<(), Error> {
        match self.store.trouble() {
            Some(Trouble::TooLarge) => Err(Error::TooLong("secret".to_owned(), 16)),
            Some(Trouble::WrittenThenMissing) => Ok(()),
            _ => {
                let mut entries = self.store.entries.lock().unwrap();
                entries.insert(self.user.clone(), secret.to_vec());
                Ok(())
            }
        }
    }

    fn get_secret(&self) -> Result<Vec<u8>, Error> {
        match self.store.trouble() {
            Some(Trouble::LockedWithoutPrompt) => loop {
                thread::park();
            },
            Some(Trouble::DiesMidCall) => Err(failure("the connection was closed")),
            Some(Trouble::Denied) => Err(Error::NoStorageAccess("denied".into())),
            Some(Trouble::WrittenThenMissing) => Err(Error::NoEntry),
            _ => {
                let entries = self.store.entries.lock().unwrap();
                entries.get(&self.user).cloned().ok_or(Error::NoEntry)
            }
        }
    }

    fn delete_credential(&self) -> Result<(), Error> {
        self.store.entries.lock().unwrap().remove(&self.user);
        Ok(())
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>, Error> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn key(opened: Opened) -> Option<MasterKey> {
    match opened {
        Opened::Key(key, _) => Some(key),
        Opened::NeedsPassphrase { .. } | Opened::Unreadable { .. } => None,
    }
}

/// Whether the words tell what to do: the only ways out are a passphrase, unlocking, the entry and the code.
fn is_actionable(opened: &Opened) -> bool {
    match opened {
        Opened::Key(..) => true,
        Opened::NeedsPassphrase { first_time, why } => *first_time && why.contains("passphrase"),
        Opened::Unreadable { why, .. } => {
            why.contains("Nothing was changed")
                && why.contains("recovery code")
                && (why.contains("Unlock the keychain") || why.contains("Restore the keychain"))
        }
    }
}

/// How many files of a folder hold the key in clear, as bytes or as hex digits.
fn in_clear(folder: &Path, key: &MasterKey) -> usize {
    let (bytes, digits) = (key.bytes(), hex::encode(key.bytes()));
    let holds = |file: &[u8], part: &[u8]| file.windows(part.len()).any(|window| window == part);
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .filter(|file| holds(file, bytes) || holds(file, digits.as_bytes()))
        .count()
}

/// What one mode did, over a first start and over a start with data.
struct Outcome {
    silent_plaintext: usize,
    actionable: bool,
    data_loss: usize,
}

/// What a vault did where there was nothing before.
struct FirstStart {
    made_a_key: bool,
    silent_plaintext: usize,
    actionable: bool,
}

/// A first start: without a keychain that keeps it there is no key, and nothing to encrypt with.
fn first_start(trouble: Trouble, open: fn(&Vault) -> Opened) -> FirstStart {
    let folder = tempfile::tempdir().unwrap();
    let keychain = StandIn::default();
    keychain.is_now(Some(trouble));
    let opened = open(&keychain.vault(folder.path()));
    let actionable = is_actionable(&opened);
    let key = key(opened);
    FirstStart {
        made_a_key: key.is_some(),
        silent_plaintext: match key {
            Some(key) => in_clear(folder.path(), &key),
            None => std::fs::read_dir(folder.path()).unwrap().count(),
        },
        actionable,
    }
}

/// The mutant X18: where the keychain fails, it keeps the key in a plain file.
fn falling_back(vault: &Vault) -> Opened {
    match vault.open() {
        Opened::NeedsPassphrase { .. } => {
            let key = MasterKey::random();
            std::fs::write(vault.data_dir.join("key"), hex::encode(key.bytes())).unwrap();
            Opened::Key(key, SecretsPlace::PassphraseFile)
        }
        other => other,
    }
}

async fn try_mode(trouble: Trouble) -> Outcome {
    let first = first_start(trouble, Vault::open);
    assert_eq!(
        first.made_a_key,
        trouble == Trouble::EntryDeleted,
        "only an empty keychain is a usable one"
    );
    let mut outcome = Outcome {
        silent_plaintext: first.silent_plaintext,
        actionable: first.actionable,
        data_loss: 0,
    };

    // A folder with data and a recovery code, made while all was well.
    let folder = tempfile::tempdir().unwrap();
    let keychain = StandIn::default();
    let vault = keychain.vault(folder.path());
    let right = key(vault.open()).unwrap();
    let store = Store::open(folder.path(), &right).unwrap();
    let put = store.write(|db| settings::put(db, "planted", &"kept"));
    put.await.unwrap();
    store.close().await;
    let code = vault.make_recovery_code().unwrap();

    keychain.is_now(Some(trouble));
    let opened = keychain.vault(folder.path()).open();
    outcome.actionable &= is_actionable(&opened);
    let wrong = key(opened).filter(|key| key.id() != right.id());
    assert!(wrong.is_none(), "{trouble:?}: another key over old data");
    let recovered = keychain.vault(folder.path()).recover(&code).unwrap().0;
    outcome.silent_plaintext += in_clear(folder.path(), &recovered);

    // When the keychain is well again, with its entry or without, the data are there.
    keychain.is_now(None);
    let vault = keychain.vault(folder.path());
    let back = match key(vault.open()) {
        Some(key) => key,
        None => vault.recover(&code).unwrap().0,
    };
    let kept: Option<String> = match Store::open(folder.path(), &back) {
        Ok(store) => store.read(|db| settings::get(db, "planted")).await.unwrap(),
        Err(_) => None,
    };
    outcome.data_loss += usize::from(kept.as_deref() != Some("kept"));
    outcome
}

#[tokio::test]
async fn i24_keychain_trouble_is_loud_and_safe() {
    let mut outcomes = Vec::new();
    for trouble in MODES {
        outcomes.push(try_mode(trouble).await);
    }
    let modes = outcomes.len();
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let silent_plaintext = sum(|outcome| outcome.silent_plaintext);
    // Every mode came back, so what remains is how long a person waits at most.
    let hangs = usize::from(PATIENCE > Duration::from_secs(5));
    let actionable = sum(|outcome| usize::from(outcome.actionable));
    let data_loss = sum(|outcome| outcome.data_loss);
    // In every mode without a usable keychain, the same judgement finds the plain file of a vault that falls back.
    let fell_back = MODES.into_iter().filter(|trouble| {
        let first = first_start(*trouble, falling_back);
        first.made_a_key && first.silent_plaintext > 0
    });
    let control = fell_back.count();
    let figures = (silent_plaintext, hangs, actionable, data_loss, control);
    let verdict = if figures == (0, 0, modes, 0, modes - 1) {
        "PASS"
    } else {
        "FAIL"
    };
    let line = format!(
        "I24 modes={modes} silent_plaintext={silent_plaintext} hangs_over_5s={hangs} actionable_message={actionable} data_loss={data_loss} control_plain_file={control} floor=PASS verdict={verdict}"
    );
    writeln!(stdout(), "{line}").unwrap();
    assert_eq!(verdict, "PASS", "{line}");
}

#[tokio::test]
async fn the_recovery_code_puts_a_lost_key_back_into_the_keychain() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = StandIn::default();
    let vault = keychain.vault(folder.path());
    let right = key(vault.open()).unwrap();
    let code = vault.make_recovery_code().unwrap();
    keychain.is_now(Some(Trouble::EntryDeleted));
    let (_, place) = keychain.vault(folder.path()).recover(&code).unwrap();
    assert_eq!(place, SecretsPlace::Keychain);
    let again = key(keychain.vault(folder.path()).open()).unwrap();
    assert_eq!(again.id(), right.id());
}

#[test]
fn a_database_without_its_note_gets_no_new_key() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("fulcrum.db"), b"encrypted").unwrap();
    let keychain = StandIn::default();
    let opened = keychain.vault(folder.path()).open();
    assert!(matches!(opened, Opened::Unreadable { .. }));
    assert!(keychain.entries.lock().unwrap().is_empty());
}
