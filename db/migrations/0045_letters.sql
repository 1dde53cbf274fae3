-- A recalled letter and the one that takes its place know each other; a place given back off the platform keeps who gave it back and why.

alter table batch add column replaces uuid;
alter table batch add foreign key (funder, replaces) references batch (funder, id);
create unique index batch_replaced_once on batch (funder, replaces) where replaces is not null;

alter table off_platform add column withdrawn_by uuid;
alter table off_platform add column withdrawal_reason text not null default '';
