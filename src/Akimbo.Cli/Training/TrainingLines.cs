using System.Globalization;
using Akimbo.Training;

namespace Akimbo.Cli.Training;

/// <summary>How a run shows itself.</summary>
internal interface ITrainingDisplay : IProgress<TrainingProgress>, IDisposable
{
    /// <summary>The run is over.</summary>
    void End();
}

/// <summary>Lines for a log: one at the beginning, one a minute and one for each epoch.</summary>
internal sealed class TrainingLines(TextWriter writer) : ITrainingDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private DateTime _next;

    public void Report(TrainingProgress value)
    {
        if (value.Stage != TrainingStage.EpochDone && DateTime.UtcNow < _next) return;
        _next = DateTime.UtcNow + Interval;
        string score = value.Score is double last ? FormattableString.Invariant($"  {value.ScoreName} {last:0.00} (best {value.BestScore:0.00})") : "";
        string left = value.TimeLeft is { } time ? $"  {TrainingText.Of(time)} left" : "";
        writer.WriteLine(FormattableString.Invariant(
            $"epoch {value.Epoch}/{value.Epochs}  {TrainingText.Of(value.Stage)} {value.Done}/{value.Total}  loss {value.Loss:g5}  rate {value.LearningRate:g3}  {value.ImagesPerSecond:0.0} images/s{left}{score}"));
        writer.Flush();
    }

    public void End()
    {
    }

    public void Dispose()
    {
    }
}

/// <summary>Words and numbers that displays share.</summary>
internal static class TrainingText
{
    public static string Of(TrainingStage stage) => stage switch
    {
        TrainingStage.Training => "training",
        TrainingStage.Validating => "validating",
        _ => "done",
    };

    public static string Of(TimeSpan time) => time.TotalDays >= 1 ? $"{(int)time.TotalDays} d {time:hh\\:mm}" : time.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture);
}
