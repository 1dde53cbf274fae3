-- What everything stands on: the platform's clock, and the funders.
-- `migration`, `platform_clock` and `funder` are the only tables whose key does not begin with the funder.

-- Platform time = the server's clock + one offset. Only a demonstration moves it, once, when its data folder is made.
create table platform_clock (
  single boolean primary key default true check (single),
  clock_offset interval not null default '0',
  demonstration boolean not null default false,
  constraint moved_for_a_demonstration_only check (demonstration or clock_offset = '0')
);
insert into platform_clock default values;

-- The one clock. It moves on within a transaction; STABLE lets an index find what is due.
create function platform_now() returns timestamptz language sql stable as $$
  select clock_timestamp() + clock_offset from platform_clock
$$;

-- The civil date; a last day ends at 24:00 of that day in this zone.
create function platform_today() returns date language sql stable as $$
  select (platform_now() at time zone 'Asia/Shanghai')::date
$$;

-- One science fund; the key of every other table begins with it. name: {"zh": "…", "en": "…"}
create table funder (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,39}$'),
  name jsonb not null,
  created_at timestamptz not null default platform_now()
);
