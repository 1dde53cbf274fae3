-- What is shown once is never kept: an answer under an idempotency key is stored without its secrets.

create function without_secrets() returns trigger language plpgsql as $$
begin
  if jsonb_typeof(new.result) = 'object' then
    new.result := new.result - array['token', 'password', 'secret', 'uri', 'identityNo', 'phone'];
  end if;
  return new;
end
$$;
create trigger without_secrets before insert or update on idempotency_key for each row execute function without_secrets();

-- A password that somebody else set opens nothing but its own change.
alter table account add column password_due boolean not null default false;

-- A second factor that is being set up: it counts only once a code of it has been right.
alter table account add column totp_waiting bytea;
