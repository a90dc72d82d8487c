-- Whom a listener lets in: stage and filters, as JSON.
ALTER TABLE listeners ADD COLUMN admission TEXT NOT NULL DEFAULT '{}';
