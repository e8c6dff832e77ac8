using System.Diagnostics;

namespace Akimbo.Training;

/// <summary>Measures a run.</summary>
/// <param name="before">Seconds that earlier processes trained.</param>
internal sealed class TrainingClock(double before)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _images, _first, _last = Stopwatch.GetTimestamp(), _saved = Stopwatch.GetTimestamp();
    private TimeSpan _learning;

    /// <summary>Seconds trained by all processes of the run.</summary>
    public double Seconds => before + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>The time since the last checkpoint.</summary>
    public TimeSpan SinceCheckpoint => Stopwatch.GetElapsedTime(_saved);

    /// <summary>Pictures learnt from each second, without validation; the first batch, which warms up, does not count.</summary>
    public double ImagesPerSecond => _learning > TimeSpan.Zero ? (_images - _first) / _learning.TotalSeconds : 0;

    /// <summary>A batch is learnt.</summary>
    public void Learnt(int images)
    {
        long now = Stopwatch.GetTimestamp();
        if (_images == 0) _first = images;
        else _learning += Stopwatch.GetElapsedTime(_last, now);
        _images += images;
        _last = now;
    }

    /// <summary>A checkpoint is written; what passed since the last batch was not learning.</summary>
    public void Saved() => _saved = _last = Stopwatch.GetTimestamp();

    /// <summary>How long so many pictures take at this speed; null while it is unknown.</summary>
    public TimeSpan? TimeFor(long images) => ImagesPerSecond > 0 ? TimeSpan.FromSeconds(images / ImagesPerSecond) : null;
}
