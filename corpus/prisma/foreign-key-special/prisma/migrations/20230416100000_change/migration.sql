alter table grp drop constraint grp_org_fkey;
alter table grp drop constraint grp_pair_fkey;
alter table org alter constraint org_parent_fkey deferrable initially immediate;
