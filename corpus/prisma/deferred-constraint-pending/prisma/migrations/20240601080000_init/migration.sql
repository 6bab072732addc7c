create table node (id int primary key, parent int, constraint node_parent_fkey foreign key (parent) references node deferrable initially deferred);
