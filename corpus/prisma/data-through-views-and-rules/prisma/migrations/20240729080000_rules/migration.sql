create rule parcel_log as on update to parcel do also insert into ledger values ('updated');
create rule parcel_stay as on delete to parcel do instead (update parcel set lost = true where id = old.id; insert into ledger values ('kept'););
