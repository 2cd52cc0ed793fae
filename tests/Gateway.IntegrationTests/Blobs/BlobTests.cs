using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Gateway.IntegrationTests.Blobs;

public sealed class BlobTests(RealServers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_is_kept_byte_for_byte_and_served_in_ranges()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var bytes = RandomNumberGenerator.GetBytes(2_000_000);

        var blob = await SendAsync(user, HttpMethod.Post, "blobs?fileName=a%2Fb.bin&contentType=application/x-test", bytes);

        Assert.Equal((201, "a_b.bin", 2_000_000L, true), ((int)blob.Status, Text(blob, "fileName"), blob.Json.GetProperty("size").GetInt64(), blob.Json.GetProperty("complete").GetBoolean()));
        Assert.Equal(bytes, (await user.GetAsync($"blobs/{Text(blob, "id")}", Ct)).Bytes);
        Assert.Equal(bytes[600_000..1_200_001], (await user.GetRangeAsync($"blobs/{Text(blob, "id")}", 600_000, 1_200_000, Ct)).Bytes);
        Assert.Equal(416, (int)(await user.GetRangeAsync($"blobs/{Text(blob, "id")}", 2_000_000, null, Ct)).Status);
    }

    [Fact]
    public async Task An_upload_goes_on_where_it_ended_and_nowhere_else()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var bytes = RandomNumberGenerator.GetBytes(1_500_000);
        var id = Text(await SendAsync(user, HttpMethod.Post, "blobs", bytes[..700_001], ("Upload-Complete", "?0")), "id");

        var wrong = await SendAsync(user, HttpMethod.Patch, $"blobs/{id}", bytes[..10], ("Upload-Offset", "0"));
        using var head = await servers.Http.SendAsync(new(HttpMethod.Head, $"/v1/accounts/{user.Account}/blobs/{id}"), Ct);
        var rest = await SendAsync(user, HttpMethod.Patch, $"blobs/{id}", bytes[700_001..], ("Upload-Offset", "700001"));
        var more = await SendAsync(user, HttpMethod.Patch, $"blobs/{id}", [1], ("Upload-Offset", "1500000"));

        Assert.Equal((409, "upload-offset-mismatch"), wrong.Problem);
        Assert.Equal(("700001", "?0"), (Assert.Single(head.Headers.GetValues("Upload-Offset")), Assert.Single(head.Headers.GetValues("Upload-Complete"))));
        Assert.Equal((200, true), ((int)rest.Status, rest.Json.GetProperty("complete").GetBoolean()));
        Assert.Equal((409, "upload-offset-mismatch"), more.Problem);
        Assert.Equal(bytes, (await user.GetAsync($"blobs/{id}", Ct)).Bytes);
    }

    [Fact]
    public async Task Of_two_that_go_on_at_once_one_does()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var id = Text(await SendAsync(user, HttpMethod.Post, "blobs", [1], ("Upload-Complete", "?0")), "id");

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => SendAsync(user, HttpMethod.Patch, $"blobs/{id}", [(byte)(i + 2)], ("Upload-Offset", "1"))));

        Assert.Equal([200, 409], both.Select(answer => (int)answer.Status).Order());
        Assert.Equal(2, (await user.GetAsync($"blobs/{id}", Ct)).Bytes.Length);
    }

    [Fact]
    public async Task An_upload_is_attached_by_its_id()
    {
        var user = await ServedUser.NewAsync(servers, Ct);
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        var id = Text(await SendAsync(user, HttpMethod.Post, "blobs?fileName=photo.jpg&contentType=image/jpeg", bytes), "id");
        var half = Text(await SendAsync(user, HttpMethod.Post, "blobs", bytes, ("Upload-Complete", "?0")), "id");

        var draft = (await user.SendAsync(HttpMethod.Post, "drafts", new { attachments = new[] { new { blobId = id } } }, Ct)).Json;
        var refused = await user.SendAsync(HttpMethod.Post, "drafts", new { attachments = new[] { new { blobId = half }, new { blobId = (string?)"none" } } }, Ct);

        var part = draft.GetProperty("attachments")[0];
        Assert.Equal(("photo.jpg", "image/jpeg"), (part.GetProperty("fileName").GetString(), part.GetProperty("contentType").GetString()));
        Assert.Equal(bytes, (await user.GetAsync($"messages/{draft.GetProperty("id").GetString()}/attachments/{part.GetProperty("partId").GetString()}", Ct)).Bytes);
        Assert.Equal(["/attachments/0/blobId", "/attachments/1/blobId"], refused.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task One_account_does_not_see_the_uploads_of_another()
    {
        var (user, other) = (await ServedUser.NewAsync(servers, Ct), await ServedUser.NewAsync(servers, Ct));
        var id = Text(await SendAsync(user, HttpMethod.Post, "blobs", [1]), "id");

        Assert.Equal((404, "blob-not-found"), (await other.GetAsync($"blobs/{id}", Ct)).Problem);
        Assert.Equal(204, (int)(await user.SendAsync(HttpMethod.Delete, $"blobs/{id}", null, Ct)).Status);
        Assert.Equal((404, "blob-not-found"), (await user.GetAsync($"blobs/{id}", Ct)).Problem);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_not_kept()
    {
        var user = await ServedUser.NewAsync(servers, Ct);

        var whole = await SendAsync(user, HttpMethod.Post, "blobs", new byte[(50 * 1024 * 1024) + 1], ("Expect", "100-continue"));

        Assert.Equal((413, "too-large"), whole.Problem);
    }

    private async Task<Answer> SendAsync(ServedUser user, HttpMethod method, string path, byte[] bytes, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"/v1/accounts/{user.Account}/{path}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        foreach (var (name, value) in headers) { request.Headers.Add(name, value); }

        return await Answer.ReadAsync(servers.Http, request, Ct);
    }

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();
}
