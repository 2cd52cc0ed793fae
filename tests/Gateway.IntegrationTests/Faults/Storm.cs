using System.Net.Http.Json;
using System.Text.Json;
using Gateway.TestKit.Faults;

namespace Gateway.IntegrationTests.Faults;

/// <summary>What happens in the storm: mails sent and delivered, requests, and faults on any link, all by chance from one seed.</summary>
internal sealed class Storm(IReadOnlyList<StormAccount> accounts, FaultProxy hook, int seed, CancellationToken ct)
{
    /// <summary>Trouble on a link is over after so many steps at most.</summary>
    private const int LongestTrouble = 12;

    private static readonly Toward[] Ways = [Toward.Server, Toward.Client];

    private readonly Random _random = new(seed);
    private readonly Dictionary<FaultProxy, int> _troubles = [];
    private readonly List<string> _said = [];
    private int _step;

    /// <summary>Subjects put into each account's inbox without Gateway.</summary>
    public List<(StormAccount To, string Subject)> Delivered { get; } = [];

    /// <summary>Submissions that were answered 202.</summary>
    public List<(StormAccount From, StormAccount To, string Subject, string Id)> Accepted { get; } = [];

    /// <summary>What was done last, for whoever has to find out why it went wrong.</summary>
    public string Story => $"seed {seed}\n{string.Join('\n', _said.TakeLast(40))}";

    public async Task StepAsync()
    {
        _step++;
        foreach (var over in _troubles.Where(trouble => trouble.Value <= _step).Select(trouble => trouble.Key).ToList()) { Heal(over); }

        switch (_random.Next(10))
        {
            case < 3: await SendAsync(Any(accounts), Any(accounts)); break;
            case < 6: await DeliverAsync(Any(accounts)); break;
            case < 7: await ReadAsync(Any(accounts)); break;
            default: Trouble(); break;
        }
    }

    public void HealAll()
    {
        foreach (var proxy in _troubles.Keys.ToList()) { Heal(proxy); }
    }

    public async Task DeliverAsync(StormAccount to, string subject)
    {
        await to.Account.DeliverAsync($"From: Ann <ann@example.test>\r\nSubject: {subject}\r\n\r\nText\r\n");
        Delivered.Add((to, subject));
    }

    private Task DeliverAsync(StormAccount to)
    {
        Say($"deliver to {NumberOf(to)}");
        return DeliverAsync(to, $"delivered {_step}");
    }

    private async Task SendAsync(StormAccount from, StormAccount to)
    {
        Say($"send from {NumberOf(from)} to {NumberOf(to)}");
        var mail = new { to = new[] { new { address = to.Account.Address } }, subject = $"sent {_step}", text = "Hi" };
        var submission = await from.Account.PostAsync("submissions", mail, System.Net.HttpStatusCode.Accepted); // whatever the mail servers do
        Accepted.Add((from, to, mail.subject, submission.GetProperty("id").GetString()!));
    }

    /// <summary>A request gets what it asks for, or a problem that says which server failed; never a 500, and never no answer.</summary>
    private async Task ReadAsync(StormAccount account)
    {
        using var answer = await account.Account.Http.GetAsync(account.Account.Path($"messages?mailbox={account.Inbox}"), ct);
        Say($"list {NumberOf(account)}: {(int)answer.StatusCode}");
        if (answer.IsSuccessStatusCode) { return; }

        var code = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("code").GetString();
        Assert.True(code is "mail-server-unreachable" or "mail-server-timeout" or "mail-server-protocol" or "pool-exhausted", $"{(int)answer.StatusCode} {code}; {Story}");
    }

    private void Trouble()
    {
        var account = Any(accounts);
        var proxy = Any([account.Imap, account.Imap, account.Smtp, account.Live, hook]);
        var end = Any([LinkEnd.Reset, LinkEnd.Close, LinkEnd.Freeze]);
        if (proxy == account.Live && end == LinkEnd.Freeze) { end = LinkEnd.Reset; } // a reader has a time-out of its own, which is not Gateway's business

        // Nothing that makes the reader ask again and again without a pause.
        switch (_random.Next(proxy == account.Live ? 2 : 5))
        {
            case 0: Say($"{NameOf(proxy)}: {end} now"); proxy.Break(end); break;
            case 1:
                var (way, bytes) = (Any(Ways), _random.Next(3000));
                Say($"{NameOf(proxy)}: {end} after {bytes} bytes to the {way}");
                _ = proxy.BreakAfter(way, bytes, end);
                break;
            case 2: Say($"{NameOf(proxy)}: refuse"); proxy.Refuse(); break;
            case 3: Say($"{NameOf(proxy)}: hold"); proxy.Hold(); break;
            default: Say($"{NameOf(proxy)}: drip"); proxy.PerByte = TimeSpan.FromMilliseconds(_random.Next(1, 30)); break;
        }

        _troubles[proxy] = _step + _random.Next(1, LongestTrouble);
    }

    private void Heal(FaultProxy proxy)
    {
        Say($"heal {NameOf(proxy)}");
        proxy.Heal();
        _troubles.Remove(proxy);
    }

    private string NameOf(FaultProxy proxy)
    {
        var at = accounts.ToList().FindIndex(a => a.Imap == proxy || a.Smtp == proxy || a.Live == proxy);
        return at < 0 ? "hook" : $"{(proxy == accounts[at].Imap ? "imap" : proxy == accounts[at].Smtp ? "smtp" : "reader")} of {at}";
    }

    private int NumberOf(StormAccount account) => accounts.ToList().IndexOf(account);

    private T Any<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private void Say(string what) => _said.Add($"{_step}: {what}");
}
