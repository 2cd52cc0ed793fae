using System.Net;
using System.Text;
using System.Text.Json;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.IntegrationTests.Differential;

/// <summary>Random steps through REST, and some by another mail program, on one account. After each, what Gateway shows is what the server holds.</summary>
internal sealed class Walk(ServedUser user, HttpClient http, Oracle oracle, Random random, CancellationToken ct)
{
    private const int MaxMessages = 40; // a mailbox: beyond that they are expunged

    private static readonly string[] Flags = ["seen", "flagged", "answered", "draft"];
    private static readonly string[] Keywords = ["work", "$label1", "later"];

    private readonly Dictionary<string, string> _subjects = []; // by id
    private readonly List<string> _steps = [];
    private readonly List<(Box Box, IReadOnlyList<Shown> Shown)> _compared = []; // in this step
    private List<Box> _boxes = [];
    private int _count;

    private sealed record Box(string Id, string Path, string? Role);

    private sealed record Shown(string Id, HeldMessage Message);

    private Box Trash => _boxes.Single(b => b.Role == "trash");

    /// <summary>The last steps, for whoever looks into a failure.</summary>
    public string Story => string.Join('\n', _steps.TakeLast(12));

    public async Task BeginAsync() => await ReadBoxesAsync();

    public async Task StepAsync()
    {
        _compared.Clear();
        var box = Any(_boxes);
        var shown = await ShownAsync(box);
        var (dice, other) = (random.Next(31), Any(_boxes));
        switch (shown.Count == 0 ? 0 : shown.Count > MaxMessages ? 9 : dice == 30 ? 15 : dice % 15)
        {
            case 0 or 1 or 2: await ImportAsync(box); break;
            case 3 or 4: await FlagAsync(box, Any(shown)); break;
            case 5: await MoveAsync(box, Any(shown), other); break;
            case 6: await DeleteAsync(box, Any(shown), permanent: random.Next(3) == 0); break;
            case 7: await BatchAsync(box, box, Some(shown), new { flags = new { add = new[] { Any(Flags) }, remove = new[] { Any(Flags) } }, keywords = new { add = new[] { Any(Keywords) } } }); break;
            case 8: await BatchAsync(box, other, Some(shown), new { moveTo = other.Id }); break;
            case 9: await BatchAsync(box, box, Some(shown), new { expunge = true }); break;
            case 10: await BatchAsync(box, other, Some(shown), new { copyTo = other.Id }); break;
            case 11: await BatchAsync(box, Trash, Some(shown), new { trash = true }); break;
            case 12: await AddBoxAsync(); break;
            case 13: await RenameBoxAsync(); break;
            case 14: await DeleteBoxAsync(); break;
            default: await ElsewhereAsync(box, Any(shown)); break;
        }

        if (_compared.FindAll(c => c.Shown.Count > 0) is { Count: > 0 } filled) { await LookCloserAsync(Any(filled)); }
    }

    /// <summary>Every mailbox, and every id that was ever shown of a message that is there.</summary>
    public async Task CompareAllAsync()
    {
        await CompareTreeAsync();
        foreach (var box in _boxes) { await CompareAsync(box); }
    }

    private async Task CompareTreeAsync()
    {
        await ReadBoxesAsync();
        Assert.Equal(await oracle.PathsAsync(ct), _boxes.Select(b => b.Path).Order(StringComparer.Ordinal));
    }

    /// <summary>The mailbox as Gateway lists it is the mailbox as it is, and each id is what it was.</summary>
    private async Task CompareAsync(Box box)
    {
        var (held, shown) = (await oracle.ReadAsync(box.Path, ct), await ShownAsync(box));
        Assert.Equal(held, shown.Select(s => s.Message));
        // An id names one message for ever. Copies have the same subject, and each an id of its own.
        Assert.All(shown, one => Assert.True(!_subjects.TryGetValue(one.Id, out var before) || before == one.Message.Subject, $"{one.Id} was {before} and is {one.Message.Subject}"));
        foreach (var one in shown) { _subjects[one.Id] = one.Message.Subject; }

        _compared.Add((box, shown));
    }

    /// <summary>A search over a mailbox, and a message that is opened, agree with its list.</summary>
    private async Task LookCloserAsync((Box Box, IReadOnlyList<Shown> Shown) at)
    {
        var flagged = await ListAsync($"mailbox={at.Box.Id}&flagged=true&limit=200");
        Assert.Equal(at.Shown.Where(s => s.Message.Flags.Contains("flagged", StringComparison.Ordinal)).Select(s => s.Id), flagged.Select(s => s.Id));
        var picked = Any(at.Shown);
        var opened = await user.GetAsync($"messages/{picked.Id}", ct);
        Assert.Equal((HttpStatusCode.OK, at.Box.Id, picked.Message), (opened.Status, opened.Json.GetProperty("mailboxId").GetString(), Held(opened.Json)));
    }

    private async Task ImportAsync(Box box)
    {
        var subject = $"m{_count++}";
        var (flag, keyword) = (Any(Flags), Any(Keywords));
        Say($"import {subject} into {box.Path} with {flag} {keyword}");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/accounts/{user.Account}/messages?mailbox={box.Id}&flags={flag}&keywords={keyword}")
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes($"Subject: {subject}\r\nMessage-ID: <{subject}@walk.test>\r\n\r\nText of {subject}\r\n")),
        };
        request.Content.Headers.ContentType = new("message/rfc822");
        var answer = await Answer.ReadAsync(http, request, ct);
        Assert.Equal((HttpStatusCode.Created, new HeldMessage(subject, flag, keyword)), (answer.Status, Held(answer.Json)));
        await CompareAsync(box);
    }

    private async Task FlagAsync(Box box, Shown one)
    {
        var (add, remove, keyword) = (Any(Flags), Any(Flags), Any(Keywords));
        Say($"flag {one} in {box.Path}: +{add} -{remove} -{keyword}");
        await OkAsync(HttpMethod.Patch, $"messages/{one.Id}", new { flags = new { add = new[] { add }, remove = new[] { remove } }, keywords = new { remove = new[] { keyword } } });
        await CompareAsync(box);
    }

    private async Task MoveAsync(Box from, Shown one, Box to)
    {
        Say($"move {one} from {from.Path} to {to.Path}");
        var row = await OkAsync(HttpMethod.Patch, $"messages/{one.Id}", new { mailboxId = to.Id });
        Assert.Equal((one.Id, to.Id), (row.GetProperty("id").GetString(), row.GetProperty("mailboxId").GetString()));
        await CompareAsync(from);
        await CompareAsync(to);
    }

    private async Task DeleteAsync(Box box, Shown one, bool permanent)
    {
        Say($"delete {one} from {box.Path}{(permanent ? " for good" : "")}");
        await OkAsync(HttpMethod.Delete, $"messages/{one.Id}?permanent={(permanent ? "true" : "false")}", null);
        await CompareAsync(box);
        await CompareAsync(Trash);
    }

    private async Task BatchAsync(Box box, Box target, IReadOnlyList<Shown> some, object action)
    {
        Say($"batch {JsonSerializer.Serialize(action)} on {string.Join(' ', some)} in {box.Path}");
        var answer = await OkAsync(HttpMethod.Post, "messages/batch", new { ids = some.Select(s => s.Id), action });
        Assert.All(answer.GetProperty("results").EnumerateArray(), r => Assert.Equal("ok", r.GetProperty("status").GetString()));
        await CompareAsync(box);
        await CompareAsync(target);
    }

    private async Task AddBoxAsync()
    {
        if (_boxes.Count > 12) { return; }

        var parent = random.Next(2) == 0 ? null : _boxes.Where(b => b.Role is null).OrderBy(b => b.Path, StringComparer.Ordinal).FirstOrDefault();
        var name = $"Box {_count++} é";
        Say($"add mailbox {name} below {parent?.Path}");
        await OkAsync(HttpMethod.Post, "mailboxes", parent is null ? new { name } : new { name, parentId = parent.Id });
        await CompareTreeAsync();
    }

    private async Task RenameBoxAsync()
    {
        if (_boxes.Where(b => b.Role is null).ToList() is not { Count: > 0 } own) { return; }

        var (box, name) = (Any(own), $"Renamed {_count++}");
        Say($"rename mailbox {box.Path} to {name}");
        await OkAsync(HttpMethod.Patch, $"mailboxes/{box.Id}", new { name });
        await CompareTreeAsync();
        foreach (var moved in _boxes.Where(b => b.Path.Contains(name, StringComparison.Ordinal))) { await CompareAsync(moved); }
    }

    private async Task DeleteBoxAsync()
    {
        if (_boxes.Where(b => b.Role is null && !_boxes.Any(below => below.Path.StartsWith(b.Path + "/", StringComparison.Ordinal))).ToList() is not { Count: > 0 } own) { return; }

        var box = Any(own);
        Say($"delete mailbox {box.Path}");
        await OkAsync(HttpMethod.Delete, $"mailboxes/{box.Id}?force=true", null);
        await CompareTreeAsync();
    }

    /// <summary>Another mail program does something. Gateway shows it when the server tells, so it is asked until it does.</summary>
    private async Task ElsewhereAsync(Box box, Shown one)
    {
        var (kind, to, flag) = (random.Next(4), Any(_boxes), Any(Keywords));
        Say($"elsewhere {kind} on {one} in {box.Path} ({to.Path}, {flag})");
        if (kind == 0)
        {
            var message = new MimeMessage { Subject = $"m{_count++}", Body = new TextPart("plain") { Text = "Text" } };
            await (await oracle.FolderAsync(box.Path, ct)).AppendAsync(new AppendRequest(message, MessageFlags.Flagged, [flag]), ct);
        }
        else
        {
            await oracle.ChangeAsync(box.Path, one.Message.Subject, async (folder, uid) =>
            {
                switch (kind)
                {
                    case 1: await folder.StoreAsync(uid, new StoreFlagsRequest(StoreAction.Set, MessageFlags.Answered, [flag]), ct); break;
                    case 2: await folder.MoveToAsync(uid, await oracle.FolderAsync(to.Path, ct), ct); break;
                    default:
                        await folder.AddFlagsAsync(uid, MessageFlags.Deleted, silent: true, ct);
                        await folder.ExpungeAsync([uid], ct);
                        break;
                }
            }, ct);
        }

        foreach (var changed in new[] { box, to }) { await ShownAtLastAsync(changed); }
    }

    private async Task ShownAtLastAsync(Box box)
    {
        var held = await oracle.ReadAsync(box.Path, ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        while (!held.SequenceEqual((await ShownAsync(box)).Select(s => s.Message)))
        {
            Assert.False(patience.IsCancellationRequested, $"{box.Path} is not shown as it is");
        }

        await CompareAsync(box);
    }

    private async Task ReadBoxesAsync()
    {
        var answer = await OkAsync(HttpMethod.Get, "mailboxes", null);
        _boxes = [.. answer.GetProperty("items").EnumerateArray().Select(m => new Box(
            m.GetProperty("id").GetString()!, m.GetProperty("path").GetString()!, m.TryGetProperty("role", out var role) ? role.GetString() : null))];
    }

    private Task<IReadOnlyList<Shown>> ShownAsync(Box box) => ListAsync($"mailbox={box.Id}&limit=200");

    private async Task<IReadOnlyList<Shown>> ListAsync(string query) =>
        [.. (await OkAsync(HttpMethod.Get, $"messages?{query}", null)).GetProperty("items").EnumerateArray().Select(row => new Shown(row.GetProperty("id").GetString()!, Held(row)))];

    private async Task<JsonElement> OkAsync(HttpMethod method, string path, object? body)
    {
        var answer = await user.SendAsync(method, path, body, ct);
        Assert.True((int)answer.Status is >= 200 and < 300, $"{method} {path}: {answer.Status} {Encoding.UTF8.GetString(answer.Bytes)}");
        return answer.Bytes.Length == 0 ? default : answer.Json;
    }

    private static HeldMessage Held(JsonElement row) => new(
        row.GetProperty("subject").GetString()!,
        string.Join(',', Flags.Intersect(row.GetProperty("flags").EnumerateArray().Select(f => f.GetString()!))),
        string.Join(',', row.GetProperty("keywords").EnumerateArray().Select(k => k.GetString()!).Order(StringComparer.Ordinal)));

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private List<T> Some<T>(IReadOnlyList<T> all) => [.. all.Where(_ => random.Next(3) == 0).DefaultIfEmpty(Any(all))];

    private void Say(string step) => _steps.Add($"{_steps.Count} {step}");
}
