-- An exception keeps the opinion of who proposed it beside the reason of who asked; whose lent role proposed it may not confirm it either.
alter table exception add column opinion text not null default '';
alter table exception add column proposed_for uuid;
alter table purge add column proposed_for uuid;
create index application_correction_due on application (funder, correction_due_at) where state = 'CORRECTION';
create index exception_open on exception (funder, application) where confirmed_at is null and refused_at is null;
