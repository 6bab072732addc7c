create table owners (id serial primary key, nick text unique);
create table pets (
    id uuid primary key default gen_random_uuid(),
    owner_id int references owners (id) on delete cascade,
    name text unique check (length(name) > 1),
    age int check (age >= 0) check (age < 200),
    chip text unique,
    mother uuid references pets
);
insert into owners (nick) values ('sam');
insert into pets (owner_id, name, age) values (1, 'Rex', 3);
