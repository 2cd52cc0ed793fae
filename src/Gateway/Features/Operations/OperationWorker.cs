using System.Collections.Concurrent;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Mail.Faults;
using Gateway.Mail.Imap;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Operations;

/// <summary>Works through operations piece by piece: those of an account in turn, several accounts side by side, and never before a person.</summary>
internal sealed partial class OperationWorker(
    Operations operations, BatchSelection selection, BatchWriting writing, MailboxNumbers numbers, IOptions<OperationOptions> options, TimeProvider clock,
    ILogger<OperationWorker> logger) : BackgroundService
{
    private const int Piece = 200;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);

    /// <summary>Faults of the account and not of a message: the piece is tried again later.</summary>
    private static readonly HashSet<string> Passing =
    [
        .. new[] { MailFault.Unreachable, MailFault.TimedOut, MailFault.Throttled, MailFault.PoolExhausted, MailFault.Protocol, MailFault.Tls, MailFault.BadCredentials }
            .Select(fault => MailFaultProblems.KindOf(fault).Code),
    ];

    private readonly ConcurrentDictionary<AccountId, Task> _busy = new();
    private readonly SemaphoreSlim _free = new(options.Value.ParallelAccounts);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = operations.AddedAsync(); // taken before the look, so that nothing falls between the two
            try
            {
                await operations.ForgetOldAsync(stoppingToken);
                foreach (var (_, account) in await operations.RunningAsync(stoppingToken))
                {
                    if (!_busy.ContainsKey(account)) { _busy[account] = Task.Run(() => RunAsync(account, stoppingToken), CancellationToken.None); }
                }
            }
            catch (Exception error) when (error is not OperationCanceledException) { Log.Failed(logger, error); } // an escaping exception would stop the host

            await added.WaitAsync(LongestWait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_busy.Values);
    }

    public override void Dispose()
    {
        _free.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(AccountId account, CancellationToken ct)
    {
        try
        {
            await _free.WaitAsync(ct);
            try
            {
                foreach (var (id, _) in (await operations.RunningAsync(ct)).Where(o => o.Account == account)) { await RunAsync(id, ct); }
            }
            finally { _free.Release(); }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: what was under way is taken up at the next start.
        }
        catch (Exception error) // an escaping exception would be lost, and the account busy for ever
        {
            Log.Failed(logger, error);
            await Task.Delay(AfterFailure, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _busy.TryRemove(account, out _);
            operations.Wake(); // one that was added meanwhile was passed over
        }
    }

    private async Task RunAsync(Guid id, CancellationToken ct)
    {
        if (await operations.FindAsync(id, ct) is not { State: OperationState.Running } record) { return; }

        var work = OperationWork.Of(record);
        for (var wait = FirstRetry; record.State == OperationState.Running && record.Done < work.Count;)
        {
            var results = await DoPieceAsync(record, work, ct);
            if (results.All(r => r.Problem is { } problem && Passing.Contains(problem.Code)))
            {
                await Task.Delay(wait, clock, ct);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                if (await operations.FindAsync(id, ct) is not { State: OperationState.Running }) { return; }

                continue;
            }

            wait = FirstRetry;
            if (!await operations.SaveAsync(record, work.Count, results, ct)) { return; }
        }
    }

    private async Task<IReadOnlyList<BatchResult>> DoPieceAsync(OperationRecord record, OperationWork work, CancellationToken ct)
    {
        var piece = Enumerable.Range(record.Done, Math.Min(Piece, work.Count - record.Done)).ToList();
        Dictionary<MessageKey, BatchResult> results = [];
        var target = work.Target is { } wanted ? await numbers.FindAsync(record.Account, wanted, ct) : null;
        // Going back, messages have a place each; the others have one in common.
        foreach (var part in piece.GroupBy(i => work.Action is null ? work.Source(i) : default))
        {
            var (action, to) = work.Action is { } asked ? (asked, target) : (new BatchAction(MoveTo: part.Key), await numbers.FindAsync(record.Account, part.Key, ct));
            foreach (var (place, messages) in await selection.OfAsync(record.Account, part.Select(work.Key), ct))
            {
                if (action.MoveTo is not null && to is null) { Fail(messages, new("mailbox-not-found", "The mailbox is not there any more.")); }
                else if (work.Action is null && place.Path != target?.Path) { Fail(messages, new("precondition-failed", "The message was moved again since.")); }
                else
                {
                    foreach (var result in await writing.ApplyAsync(record.Account, place, messages, action, to, Lane.Background, ct)) { results[result.Id] = result; }
                }
            }
        }

        return [.. piece.Select(work.Key).Select(id => results.GetValueOrDefault(id) ?? BatchResult.Failed(id, new("message-not-found", "The account has no message with this id.")))];

        void Fail(IEnumerable<PlacedMessage> messages, BatchProblem problem)
        {
            foreach (var message in messages) { results[message.Key] = BatchResult.Failed(message.Key, problem); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Operations failed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
