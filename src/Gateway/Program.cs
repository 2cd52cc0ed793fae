using Gateway;
using Gateway.Features.Accounts;
using Gateway.Features.ApiKeys;
using Gateway.Features.Blobs;
using Gateway.Features.Bootstrap;
using Gateway.Features.Changes;
using Gateway.Features.Contacts;
using Gateway.Features.Discovery;
using Gateway.Features.Drafts;
using Gateway.Features.Events;
using Gateway.Features.Identities;
using Gateway.Features.Mailboxes;
using Gateway.Features.Messages;
using Gateway.Features.Metrics;
using Gateway.Features.Operations;
using Gateway.Features.Pacing;
using Gateway.Features.Push;
using Gateway.Features.Session;
using Gateway.Features.Settings;
using Gateway.Features.Reports;
using Gateway.Features.Submissions;
using Gateway.Features.Templates;
using Gateway.Features.Threads;
using Gateway.Features.Webhooks;
using Gateway.Http;
using Gateway.Mail;
using Gateway.Storage;

if (args is ["--help" or "-h" or "help", ..]) { return Commands.PrintHelp(); }

var builder = HostStart.CreateBuilder(args);
builder.Services.AddStorage();
builder.Services.AddMail();
builder.Services.AddHttp();
builder.Services.AddApiDocument();
builder.Services.AddApiKeys();
builder.Services.AddSessions();
builder.Services.AddAccounts();
builder.Services.AddSettings();
builder.Services.AddDiscovery();
builder.Services.AddMailboxes();
builder.Services.AddContacts();
builder.Services.AddMessages();
builder.Services.AddChanges();
builder.Services.AddThreads();
builder.Services.AddOperations();
builder.Services.AddIdentities();
builder.Services.AddBlobs();
builder.Services.AddDrafts();
builder.Services.AddTemplates();
builder.Services.AddPacing();
builder.Services.AddSubmissions();
builder.Services.AddReports();
builder.Services.AddEvents();
builder.Services.AddWebhooks();
builder.Services.AddPush();
builder.Services.AddMeasures();

var app = builder.Build();
app.UseHttp();
app.MapSession();
app.MapAccounts();
app.MapSettings();
app.MapBootstrap();
app.MapMailboxes();
app.MapContacts();
app.MapMessages();
app.MapChanges();
app.MapThreads();
app.MapOperations();
app.MapIdentities();
app.MapBlobs();
app.MapDrafts();
app.MapTemplates();
app.MapPacing();
app.MapSubmissions();
app.MapEvents();
app.MapWebhooks();
app.MapPush();
app.MapDiscovery();
app.MapHealth();
app.MapMetrics();
app.MapApiDocument();
app.MapMessageFrame();
app.MapWebmail();
EndpointsOnce.Replace(app);
if (Commands.Find(args) is { } command) { return await command(app, args); }

if (!HostStart.CheckSettings(app)) { return 1; }

await app.RunAsync();
return 0;

/// <summary>Named for the tests, which start the server in process.</summary>
public sealed partial class Program;
