alter table "Asset" rename id to "assetId";
alter table "Use" rename column asset_name to asset_title;
