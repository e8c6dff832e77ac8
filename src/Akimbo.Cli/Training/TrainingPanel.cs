using System.Globalization;
using Akimbo.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Akimbo.Cli.Training;

/// <summary>A live panel for a terminal: epoch, loss and its terms, learning rate, speed, time left, scores.</summary>
internal sealed class TrainingPanel : ITrainingDisplay
{
    private const int BarWidth = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly IAnsiConsole _console;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _end = new();
    private volatile TrainingProgress? _progress;

    public TrainingPanel(TextWriter writer)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        _thread = new Thread(Show) { IsBackground = true, Name = "Akimbo panel" };
        _thread.Start();
    }

    public void Report(TrainingProgress value) => _progress = value;

    public void End()
    {
        _end.Set();
        _thread.Join();
    }

    public void Dispose()
    {
        End();
        _end.Dispose();
    }

    /// <summary>The panel's content.</summary>
    internal static IRenderable Draw(TrainingProgress progress)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        Add("epoch", $"{progress.Epoch} of {progress.Epochs}");
        int filled = progress.Total == 0 ? 0 : BarWidth * progress.Done / progress.Total;
        Add(TrainingText.Of(progress.Stage), $"{new string('━', filled)}{new string('╌', BarWidth - filled)} {progress.Done}/{progress.Total}");
        Add("loss", Number(progress.Loss));
        if (progress.Terms.Count > 1)
            foreach (var (term, value) in progress.Terms) Add($"  {term}", Number(value));
        Add("learning rate", Number(progress.LearningRate));
        Add("speed", string.Create(CultureInfo.InvariantCulture, $"{progress.ImagesPerSecond:0.0} images/s"));
        Add("time left", progress.TimeLeft is { } left ? TrainingText.Of(left) : "…");
        if (progress.ScoreName is { } name)
            Add(name, progress.Score is double score ? string.Create(CultureInfo.InvariantCulture, $"{score:0.00}, best {progress.BestScore:0.00}") : "not yet validated");
        return new Panel(grid).Header("akimbo train").RoundedBorder();

        void Add(string label, string value) => grid.AddRow(new Text(label), new Text(value));
        static string Number(double value) => value.ToString("g5", CultureInfo.InvariantCulture);
    }

    private void Show() => _console.Live(new Text("starting …")).Start(context =>
    {
        while (!_end.Wait(Interval)) Update();
        Update();

        void Update()
        {
            if (_progress is { } progress) context.UpdateTarget(Draw(progress));
        }
    });
}
