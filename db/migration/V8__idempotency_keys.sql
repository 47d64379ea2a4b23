-- What was answered to actions that carried an Idempotency-Key, so that the same request is not carried out twice.

create table idempotency_keys (
    id uuid not null,
    caller text not null,
    path text not null,
    key text not null,
    body_hash bytea not null,
    owner uuid not null,
    leased_until timestamptz not null,
    expires_at timestamptz not null,
    recorded uuid[] not null default '{}',
    status integer,
    media_type text,
    etag text,
    answer bytea,
    constraint idempotency_keys_key primary key (id),
    constraint idempotency_keys_body_hash check (octet_length(body_hash) = 32),
    constraint idempotency_keys_status check (status between 200 and 499),
    constraint idempotency_keys_answer check (num_nulls(status, media_type, answer) in (0, 3) and (etag is null or status is not null))
);

comment on table idempotency_keys is 'a row for each Idempotency-Key in use; rows go once they expire. Owner: IdempotencyKeys';
comment on column idempotency_keys.id is 'the first 16 bytes of the SHA-256 of caller, path and key, a line each: a path may be too long for an index';
comment on column idempotency_keys.caller is 'the label of the API key';
comment on column idempotency_keys.path is 'of the URL, as sent';
comment on column idempotency_keys.key is 'the header, as sent';
comment on column idempotency_keys.body_hash is 'SHA-256 of query and body: the same key belongs to the same request';
comment on column idempotency_keys.owner is 'the request that carries the action out';
comment on column idempotency_keys.leased_until is 'until then nobody else may; renewed by each transaction that records for it';
comment on column idempotency_keys.expires_at is 'from then on the key is as good as new';
comment on column idempotency_keys.recorded is 'what has been recorded for it, by the id that was acted on; written by the transaction that records it';
comment on column idempotency_keys.status is 'of the answer; null until there is one';
comment on column idempotency_keys.media_type is 'of the answer';
comment on column idempotency_keys.etag is 'of the answer, where it has one';
comment on column idempotency_keys.answer is 'the bytes of the answer';

create index idempotency_keys_expiry on idempotency_keys (expires_at);
