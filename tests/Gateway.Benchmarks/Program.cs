using Gateway.Benchmarks;
using Gateway.Benchmarks.Scenarios;
using Gateway.TestKit.Servers;

Dictionary<string, Func<Stand, CancellationToken, Task<IReadOnlyList<Figure>>>> scenarios = new()
{
    ["lists"] = Lists.RunAsync,
    ["message"] = Reading.RunAsync,
    ["aborts"] = Aborts.RunAsync,
    ["large"] = Downloading.RunAsync,
    ["beside"] = Beside.RunAsync,
    ["huge"] = Huge.RunAsync,
    ["idle"] = Idle.RunAsync,
    ["comeback"] = Comeback.RunAsync,
    ["accept"] = Accepting.RunAsync,
    ["smtp"] = Sending.RunAsync,
    ["live"] = Live.RunAsync,
    ["lag"] = Lag.RunAsync,
    ["webmail"] = Webmail.RunAsync,
};
var write = args.Contains("--write");
var wanted = args.Where(a => a != "--write").ToList();
if (wanted is [] or ["all"]) { wanted = [.. scenarios.Keys]; }

if (wanted.Find(name => !scenarios.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is none of: all {string.Join(' ', scenarios.Keys)} (and --write, which updates RESULTS.md)");
    return 2;
}

var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
await using var mail = await MailServers.StartAsync(new Dictionary<string, string> { ["MAX_IMAP"] = "4000", ["MAX_USERIP"] = "200", ["QUOTA"] = "50G" }, stop.Token);
await Seeding.SeedAsync(mail, stop.Token);
List<Figure> figures = [];
foreach (var name in wanted)
{
    Console.Error.WriteLine($"{name} …");
    await using var stand = await Stand.StartAsync(mail, stop.Token); // a fresh server each: no figure inherits another's heap
    try { figures.AddRange(await scenarios[name](stand, stop.Token)); }
    catch (Exception error) when (!stop.IsCancellationRequested) // the other figures are still worth having
    {
        Console.Error.WriteLine($"{error}\n{stand.Gateway.Log}");
        figures.Add(new(name, $"failed: {error.Message}", "", "", "", false));
    }
}

var table = Report.Table(figures);
Console.WriteLine(table);
if (write) { await Report.WriteAsync(table, args.Contains("all") || args is ["--write"] ? "all" : string.Join(' ', wanted), load, stop.Token); }

return figures.TrueForAll(f => f.Met) ? 0 : 1;
