-- Address that ends such mail with one POST (RFC 8058); empty where it can not be ended.
ALTER TABLE core_outbox ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';
