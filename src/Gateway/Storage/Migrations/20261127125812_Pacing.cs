using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Pacing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Submissions_Account_IdempotencyKey",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_DueAt",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_FilingDueAt",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_MergeId",
                table: "Submissions");

            migrationBuilder.AddColumn<int>(
                name: "Recipients",
                table: "AttemptRecord",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "PacePerDay",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PacePerMinute",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Account_FilingDueAt",
                table: "Submissions",
                columns: new[] { "Account", "FilingDueAt" },
                filter: "\"FilingDueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Account_Id_DueAt",
                table: "Submissions",
                columns: new[] { "Account", "Id", "DueAt" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Account_IdempotencyKey",
                table: "Submissions",
                columns: new[] { "Account", "IdempotencyKey" },
                unique: true,
                filter: "\"IdempotencyKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_MergeId",
                table: "Submissions",
                column: "MergeId",
                filter: "\"MergeId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Submissions_Account_FilingDueAt",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_Account_Id_DueAt",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_Account_IdempotencyKey",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_MergeId",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "Recipients",
                table: "AttemptRecord");

            migrationBuilder.DropColumn(
                name: "PacePerDay",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PacePerMinute",
                table: "Accounts");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Account_IdempotencyKey",
                table: "Submissions",
                columns: new[] { "Account", "IdempotencyKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_DueAt",
                table: "Submissions",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_FilingDueAt",
                table: "Submissions",
                column: "FilingDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_MergeId",
                table: "Submissions",
                column: "MergeId");
        }
    }
}
