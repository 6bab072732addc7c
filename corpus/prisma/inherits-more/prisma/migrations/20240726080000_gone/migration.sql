drop table moss;
drop table leaf;
drop table twig;
