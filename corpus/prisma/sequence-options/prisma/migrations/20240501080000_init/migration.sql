create sequence ticket_no as bigint start with 1 minvalue 1 maxvalue 9223372036854775807 increment by 1 cache 1;
create table ticket (id integer not null);
create sequence ticket_id_seq as integer start with 1 increment by 1 no minvalue no maxvalue cache 1;
alter sequence ticket_id_seq owned by ticket.id;
alter table ticket alter column id set default nextval('public.ticket_id_seq'::regclass);
