drop extension btree_gin cascade;
