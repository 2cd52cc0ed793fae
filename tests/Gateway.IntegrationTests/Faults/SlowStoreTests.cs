using System.Net;
using System.Net.Http.Json;
using Gateway.IntegrationTests.Events;
using Gateway.TestKit.Servers;
using Microsoft.Data.Sqlite;

namespace Gateway.IntegrationTests.Faults;

/// <summary>Somebody else holds the store's only write lock.</summary>
public sealed class SlowStoreTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_accepted_before_it_is_stored_and_what_came_meanwhile_is_told_once()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings { Servers = servers.Mail }, Ct);
        using var http = gateway.NewClient();
        var account = await TestAccount.AddAsync(http, servers.Mail);
        await account.MailboxAsync("inbox"); // a mailbox gets its number when it is first seen
        await using var events = await EventReader.OpenAsync(account);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(gateway.Data, "gateway.db")};Pooling=False");
        await other.OpenAsync(Ct);
        await RunAsync(other, "BEGIN IMMEDIATE");

        var waiting = Task.WhenAll(SubmitAsync(account, "one"), SubmitAsync(account, "two"));
        await account.DeliverAsync("Subject: Meanwhile\r\n\r\nText\r\n");
        await account.MailboxAsync("inbox"); // reading needs no lock
        var before = (await account.GetAsync("submissions")).GetProperty("items").GetArrayLength();
        Assert.False(waiting.IsCompleted);
        await RunAsync(other, "COMMIT");

        Assert.Equal((0, HttpStatusCode.Accepted, HttpStatusCode.Accepted), (before, (await waiting)[0], (await waiting)[1]));
        Assert.Equal(2, (await account.GetAsync("submissions?state=held")).GetProperty("items").GetArrayLength());
        await account.DeliverAsync("Subject: After\r\n\r\nText\r\n");
        Assert.Equal(["Meanwhile", "After"], await FaultyAccount.ToldAsync(events, "After"));
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<HttpStatusCode> SubmitAsync(TestAccount account, string subject)
    {
        using var answer = await account.Http.PostAsJsonAsync(account.Path("submissions"), new { to = new[] { new { address = account.Address } }, subject, text = "x", hold = true }, Ct);
        return answer.StatusCode;
    }
}
