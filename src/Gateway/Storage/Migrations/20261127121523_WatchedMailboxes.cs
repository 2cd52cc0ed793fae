using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Storage.Migrations
{
    /// <inheritdoc />
    public partial class WatchedMailboxes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Not DropColumn, which makes the whole table anew in SQLite, outside of the transaction.
            migrationBuilder.Sql("""ALTER TABLE "Mailboxes" DROP COLUMN "ToldUid";""");

            migrationBuilder.CreateTable(
                name: "WatchPositions",
                columns: table => new
                {
                    Account = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Mailbox = table.Column<long>(type: "INTEGER", nullable: false),
                    Told = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WatchPositions", x => new { x.Account, x.Mailbox });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WatchPositions");

            migrationBuilder.AddColumn<long>(
                name: "ToldUid",
                table: "Mailboxes",
                type: "INTEGER",
                nullable: true);
        }
    }
}
