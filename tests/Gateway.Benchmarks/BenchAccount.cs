namespace Gateway.Benchmarks;

/// <summary>An account of Gateway.</summary>
/// <param name="Mailboxes">Ids by path.</param>
internal sealed record BenchAccount(string Id, string Email, IReadOnlyDictionary<string, string> Mailboxes)
{
    public string List(string path, int offset = 0) => $"/v1/accounts/{Id}/messages?mailbox={Mailboxes[path]}&limit=50&offset={offset}";
}
