-- CreateTable
CREATE TABLE "OrganizationMembershipInvitationNotificationPreferenceHistory" (
    "organizationMembershipInvitationNotificationPreferenceHistoryId" SERIAL NOT NULL,
    "organizationMembershipInvitationIdentifier" INTEGER NOT NULL,

    CONSTRAINT "OrganizationMembershipInvitationNotificationPreferenceHistory_pkey" PRIMARY KEY ("organizationMembershipInvitationNotificationPreferenceHistoryId")
);

-- CreateIndex
CREATE UNIQUE INDEX "OrganizationMembershipInvitationNotificationPreferenceHis_key" ON "OrganizationMembershipInvitationNotificationPreferenceHistory"("organizationMembershipInvitationIdentifier");
