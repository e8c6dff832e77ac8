using System.Diagnostics;

namespace Akimbo.Prediction.Pipelines;

/// <summary>Adds up where the time of an estimate goes: each call ends a stage and begins the next.</summary>
internal sealed class StageClock
{
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _decode, _prepare, _network, _grouping;

    /// <summary>The sums so far.</summary>
    public PoseTiming Timing => new(_decode, _prepare, _network, _grouping);

    /// <summary>The photo is decoded.</summary>
    public void Decoded() => _decode += Lap();

    /// <summary>The detector has run: its time is in no stage of this model's.</summary>
    public void BoxesFound() => Lap();

    /// <summary>An input is ready.</summary>
    public void Prepared() => _prepare += Lap();

    /// <summary>The network has run.</summary>
    public void NetworkRun() => _network += Lap();

    /// <summary>People have been read from outputs.</summary>
    public void Grouped() => _grouping += Lap();

    private TimeSpan Lap()
    {
        long now = Stopwatch.GetTimestamp();
        var lap = Stopwatch.GetElapsedTime(_last, now);
        _last = now;
        return lap;
    }
}
