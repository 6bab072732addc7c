create function norm(t text) returns text language sql immutable strict as $$ select lower(trim(t)) $$;
create function next_code() returns text language plpgsql as $$ begin return 'C' || floor(random() * 1000)::int; end $$;

-- CreateTable
CREATE TABLE "Coupon" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL DEFAULT next_code(),
    "name" TEXT NOT NULL,

    CONSTRAINT "Coupon_pkey" PRIMARY KEY ("id")
);
insert into "Coupon" (code, name) values ('C1', ' Summer ');
