using System.Diagnostics;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo;

/// <summary>Finds the people in photos. One estimator may be called from several threads, which take turns.</summary>
public sealed class PoseEstimator : IDisposable
{
    private readonly PoseModel _model;
    private readonly PoseEstimatorOptions _options;
    private readonly WorkerPool _pool;
    private readonly CompiledNetwork _network;
    private readonly PhotoReader _reader;
    private readonly Lock _gate = new();

    private PoseEstimator(PoseModel model, PoseEstimatorOptions options)
    {
        _model = model;
        _options = options;
        _pool = new WorkerPool(options.Threads == 0 ? Environment.ProcessorCount : options.Threads);
        _network = new CompiledNetwork(model.Network, _pool);
        _reader = new PhotoReader(model.InputSize);
    }

    /// <summary>The keypoints of every person, in order.</summary>
    public Skeleton Skeleton => _model.Skeleton;

    /// <summary>The model's name in the catalog.</summary>
    public string ModelName => _model.Name;

    /// <summary>Where the time of the last estimate went.</summary>
    public PoseTiming LastTiming { get; private set; }

    /// <summary>Loads weights: safetensors, or a PyTorch checkpoint in either of its containers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How the estimator works.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is no checkpoint, or is damaged.</exception>
    /// <exception cref="ModelWeightsException">The weights do not fit the model; the message lists what differs.</exception>
    /// <exception cref="ArgumentException">The options name no model, or a negative number of threads.</exception>
    public static PoseEstimator Load(string path, PoseEstimatorOptions? options = null)
    {
        options ??= new PoseEstimatorOptions();
        if (options.Threads is < 0 or > 1024)
            throw new ArgumentException($"The number of threads is {options.Threads}; expected 0 (one a core) to 1024.", nameof(options));

        var named = options.Model is null ? null : ModelCatalog.Create(options.Model);
        var tensors = CheckpointFile.LoadTensors(path);
        named?.Network.Load(tensors, path);
        return new PoseEstimator(named ?? ModelCatalog.CreateFor(tensors, path), options);
    }

    /// <summary>Finds the people in decoded pixels.</summary>
    /// <param name="image">The photo, upright.</param>
    /// <returns>People, best first; keypoints and boxes in pixels of the photo, the centre of the top-left pixel being (0, 0).</returns>
    public IReadOnlyList<Person> Estimate(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        lock (_gate)
        {
            long start = Stopwatch.GetTimestamp();
            return Estimate(_reader.Prepare(image), start, decode: TimeSpan.Zero);
        }
    }

    /// <summary>Finds the people in an image file, without ever holding a large JPEG at full size.</summary>
    /// <param name="path">A JPEG, PNG or WebP file; its EXIF orientation is honoured.</param>
    /// <returns>As <see cref="Estimate(Image)"/>, in pixels of the upright photo at full size.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ImageFormatException">The file is no image, or is damaged.</exception>
    public IReadOnlyList<Person> EstimateFile(string path)
    {
        lock (_gate)
        {
            long start = Stopwatch.GetTimestamp();
            var (decoded, info) = _reader.Decode(Image.ReadEncoded(path), path);
            long prepare = Stopwatch.GetTimestamp();
            return Estimate(_reader.Prepare(decoded, info), prepare, decode: Stopwatch.GetElapsedTime(start, prepare));
        }
    }

    /// <summary>Ends the estimator's threads.</summary>
    public void Dispose() => _pool.Dispose();

    private List<Person> Estimate(PreparedPhoto photo, long start, TimeSpan decode)
    {
        var input = new Tensor([_options.FlipTest ? 2 : 1, Image.Channels, photo.Image.Height, photo.Image.Width]);
        _model.Normalisation.Write(photo.Image, input, n: 0);
        if (_options.FlipTest) _model.Normalisation.Write(photo.Image, input, n: 1, mirrored: true);
        long network = Stopwatch.GetTimestamp();
        var outputs = _network.Run(input);
        long grouping = Stopwatch.GetTimestamp();

        var heatmapToImage = _model.Decoder.HeatmapToInput.Then(photo.InputToImage);
        var people = new List<Person>();
        foreach (var person in _model.Decoder.Decode(outputs))
            if (person.Score >= _options.MinScore) people.Add(person.ToPerson(_model.Skeleton, heatmapToImage));

        LastTiming = new PoseTiming(decode, Stopwatch.GetElapsedTime(start, network), Stopwatch.GetElapsedTime(network, grouping), Stopwatch.GetElapsedTime(grouping));
        return people;
    }
}
