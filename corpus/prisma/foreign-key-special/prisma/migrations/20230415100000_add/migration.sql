alter table org add constraint org_parent_fkey foreign key (tenant, parent) references org (tenant, id);
alter table grp add constraint grp_org_fkey foreign key (tenant, org_id) references org (tenant, id) on delete set null (org_id);
alter table grp add constraint grp_pair_fkey foreign key (x, y) references pair (x, y) match full;
