using System.Diagnostics;
using System.Globalization;
using Akimbo.Prediction;

namespace Akimbo.Cli.Prediction;

/// <summary>Where the time of a whole process went, from its start; in seconds, summed over the images.</summary>
internal sealed class TimingReport
{
    private readonly TimeSpan _start = SinceProcessStart();
    private TimeSpan _load, _decode, _prepare, _network, _grouping;

    /// <summary>Takes the time of loading the network.</summary>
    public T Load<T>(Func<T> load)
    {
        long begin = Stopwatch.GetTimestamp();
        var loaded = load();
        _load = Stopwatch.GetElapsedTime(begin);
        return loaded;
    }

    /// <summary>Adds the time of one image.</summary>
    public void Add(PoseTiming image)
    {
        _decode += image.Decode;
        _prepare += image.Prepare;
        _network += image.Network;
        _grouping += image.Grouping;
    }

    /// <summary>Writes one line; what is not named, such as drawing and writing files, is the rest.</summary>
    public void Write(TextWriter error)
    {
        var total = SinceProcessStart();
        var rest = total - _start - _load - _decode - _prepare - _network - _grouping;
        using var process = Process.GetCurrentProcess();
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start {Seconds(_start)}  load {Seconds(_load)}  decode {Seconds(_decode)}  prepare {Seconds(_prepare)}  network {Seconds(_network)}  grouping {Seconds(_grouping)}  rest {Seconds(rest)}  total {Seconds(total)}  peak memory {process.PeakWorkingSet64 >> 20} MiB"));
    }

    private static TimeSpan SinceProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return DateTime.Now - process.StartTime;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
