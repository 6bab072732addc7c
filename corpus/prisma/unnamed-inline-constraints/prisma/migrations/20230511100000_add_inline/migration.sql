alter table pets add column vet_id int references owners unique default 1 check (vet_id > 0);
