-- A row stays when its page is removed or has expired, without the ciphertext: whoever has an old link
-- must not be able to claim its address and show something else there.
CREATE TABLE page (
    id            INTEGER PRIMARY KEY,
    address       BLOB    NOT NULL UNIQUE CHECK (length(address) = 20),
    device        INTEGER NOT NULL REFERENCES device (id),
    ciphertext    BLOB,
    expires_at_ms INTEGER NOT NULL,
    endpoint      INTEGER REFERENCES endpoint (id),
    nonce_digest  BLOB    CHECK (length(nonce_digest) = 32),
    answered      INTEGER NOT NULL DEFAULT 0,
    CHECK ((endpoint IS NULL) = (nonce_digest IS NULL))
) STRICT;

CREATE INDEX page_by_device ON page (device);
CREATE INDEX page_by_expiry ON page (expires_at_ms) WHERE ciphertext IS NOT NULL;
