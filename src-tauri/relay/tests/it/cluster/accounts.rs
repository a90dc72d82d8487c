//! NATS accounts that sign in by `.creds` file: JWTs signed with ed25519 keys, an operator's for an account's, an
//! account's for a user's (the decentralised JWT authentication of nats-server).

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

/// First bytes of what NATS writes of a key, so that it begins with the letter of its kind: O, A, U, and S for a seed.
const OPERATOR: u8 = 14 << 3;
const ACCOUNT: u8 = 0;
const USER: u8 = 20 << 3;
const SEED: u8 = 18 << 3;

/// A key as NATS writes it (nats-io/nkeys): prefix, bytes and CRC-16 in base32.
struct KeyPair {
    kind: u8,
    key: SigningKey,
}

impl KeyPair {
    fn new(kind: u8) -> Self {
        let key = SigningKey::from_bytes(&rand::random());
        Self { kind, key }
    }

    fn public_key(&self) -> String {
        let key = self.key.verifying_key().to_bytes();
        checked([&[self.kind][..], &key].concat())
    }

    /// The prefix is split over two bytes, behind the letter of a seed.
    fn seed(&self) -> String {
        let prefix = [SEED | self.kind >> 5, self.kind << 3];
        checked([&prefix[..], &self.key.to_bytes()].concat())
    }
}

fn checked(mut bytes: Vec<u8>) -> String {
    let crc = bytes.iter().fold(0_u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| {
            let shifted = crc << 1;
            if crc & 0x8000 == 0 {
                shifted
            } else {
                shifted ^ 0x1021
            }
        })
    });
    bytes.extend(crc.to_le_bytes());
    BASE32_NOPAD.encode(&bytes)
}

/// An operator with one account that may use JetStream.
pub struct Operator {
    account: KeyPair,
    /// What the server's configuration says of it.
    pub configuration: String,
}

impl Operator {
    pub fn new() -> Self {
        let [operator, system, account] = [OPERATOR, ACCOUNT, ACCOUNT].map(KeyPair::new);
        let own = jwt(
            &operator,
            &operator,
            &json!({ "type": "operator", "version": 2, "system_account": system.public_key() }),
        );
        // A server does not start whose system account has JetStream.
        let of_system = jwt(&operator, &system, &account_claims(0));
        let of_account = jwt(&operator, &account, &account_claims(-1));
        let configuration = format!(
            "operator: {own}\nsystem_account: {}\nresolver: MEMORY\nresolver_preload {{ {}: {of_system}, {}: {of_account} }}\n",
            system.public_key(),
            system.public_key(),
            account.public_key()
        );
        Self {
            account,
            configuration,
        }
    }

    /// A `.creds` file of a new user of the account.
    pub fn credentials(&self) -> String {
        let user = KeyPair::new(USER);
        let limits = json!({ "type": "user", "version": 2, "subs": -1, "data": -1, "payload": -1 });
        let jwt = jwt(&self.account, &user, &limits);
        let seed = user.seed();
        format!(
            "-----BEGIN NATS USER JWT-----\n{jwt}\n------END NATS USER JWT------\n\n\
             -----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
        )
    }
}

/// `jetstream` is its limit on everything of JetStream: none at -1.
fn account_claims(jetstream: i64) -> Value {
    json!({
        "type": "account",
        "version": 2,
        "limits": {
            "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "conn": -1, "leaf": -1,
            "wildcards": true,
            "mem_storage": jetstream, "disk_storage": jetstream, "streams": jetstream, "consumer": jetstream,
        },
    })
}

fn jwt(issuer: &KeyPair, subject: &KeyPair, claims: &Value) -> String {
    let header = json!({ "typ": "JWT", "alg": "ed25519-nkey" });
    let payload = json!({
        "jti": subject.public_key(),
        "iat": 1_767_225_600,
        "iss": issuer.public_key(),
        "name": "test",
        "sub": subject.public_key(),
        "nats": claims,
    });
    let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(&payload));
    let signature = issuer.key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
}
