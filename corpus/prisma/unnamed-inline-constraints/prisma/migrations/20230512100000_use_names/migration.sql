alter table pets drop constraint pets_age_check1;
alter table pets drop constraint pets_name_check, drop constraint pets_name_key;
alter table pets drop constraint pets_owner_id_fkey;
alter table pets add foreign key (owner_id) references owners (id);
alter table pets drop constraint pets_vet_id_fkey;
