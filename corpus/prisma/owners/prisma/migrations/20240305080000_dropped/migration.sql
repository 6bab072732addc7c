DROP TABLE yard.slot;
DROP VIEW heavy;
DROP TABLE parcel;
DROP TYPE fragility;
