drop foreign table nothing;
drop server files;
