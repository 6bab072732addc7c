-- CreateTable
CREATE TABLE "Tenant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,

    CONSTRAINT "Tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Document" (
    "id" SERIAL NOT NULL,
    "tenantId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "secret" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Document_tenantId_idx" ON "Document"("tenantId");

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "Tenant" ("id", "name") VALUES
  ('00000000-0000-4000-8000-000000000001', 'Acme'),
  ('00000000-0000-4000-8000-000000000002', 'Globex');
INSERT INTO "Document" ("tenantId", "title", "secret") VALUES
  ('00000000-0000-4000-8000-000000000001', 'Plans', true),
  ('00000000-0000-4000-8000-000000000001', 'Menu', false),
  ('00000000-0000-4000-8000-000000000002', 'Budget', false);
