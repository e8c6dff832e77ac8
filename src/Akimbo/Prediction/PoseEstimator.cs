using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;
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
    private readonly PosePipeline _pipeline;
    private readonly PoseRefinement? _refinement;
    private readonly Lock _gate = new();

    private PoseEstimator(PoseModel model, Network network, PoseEstimatorOptions options)
    {
        _model = model;
        _options = options;
        _pool = new WorkerPool(options.Threads == 0 ? Environment.ProcessorCount : options.Threads);
        _pipeline = MakePipeline(model, new CompiledNetwork(network, _pool), options);
        _refinement = options.Refine == true ? PoseRefinement.Of(model, _pool, options.FlipTest) : null;
    }

    /// <summary>The keypoints of every person, in order.</summary>
    public Skeleton Skeleton => _model.Skeleton;

    /// <summary>The model's name.</summary>
    public string ModelName => _model.Name;

    /// <summary>Whether the model sees one person at a time and needs boxes of them.</summary>
    public bool IsTopDown => _model.Task is TopDownTask;

    /// <summary>Whether each person found is looked at again, see <see cref="PoseEstimatorOptions.Refine"/>.</summary>
    public bool IsRefined => _refinement is not null;

    /// <summary>Where the time of the last estimate went.</summary>
    public PoseTiming LastTiming { get; private set; }

    /// <summary>Loads a model file, or weights: safetensors, or a PyTorch checkpoint in either of its containers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How the estimator works.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is no checkpoint, or is damaged.</exception>
    /// <exception cref="ModelWeightsException">The weights do not fit the model; the message lists what differs.</exception>
    /// <exception cref="ArgumentException">An option is out of its range or does not go with the model.</exception>
    public static PoseEstimator Load(string path, PoseEstimatorOptions? options = null)
    {
        options ??= new PoseEstimatorOptions();
        Check(options);
        var (model, network) = ModelLoader.Load(path, options.Model);
        return new PoseEstimator(model, network, options);
    }

    /// <summary>
    /// Makes an estimator of the networks that come with the library: <see cref="BuiltInModels.LoadFinder"/> finds people, and unless
    /// <see cref="PoseEstimatorOptions.Refine"/> is false <see cref="BuiltInModels.LoadRefiner"/> looks at each again, and for somebody missed.
    /// No file is needed.
    /// </summary>
    /// <param name="options">How the estimator works; <see cref="PoseEstimatorOptions.Model"/> does not count.</param>
    /// <exception cref="ArgumentException">An option is out of its range or does not go with the model.</exception>
    public static PoseEstimator LoadDefault(PoseEstimatorOptions? options = null)
    {
        options ??= new PoseEstimatorOptions();
        if (options.Threads != 1) KernelPreparation.Begin();
        var (model, network) = BuiltInModels.LoadFinder();
        return Create(model, network, options with { Refine = options.Refine ?? true });
    }

    /// <summary>Makes an estimator of a network that has its weights already.</summary>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network; the weights must not change while the estimator is used.</param>
    /// <param name="options">How the estimator works; <see cref="PoseEstimatorOptions.Model"/> does not count.</param>
    /// <exception cref="ArgumentException">An option is out of its range or does not go with the model.</exception>
    public static PoseEstimator Create(PoseModel model, Network network, PoseEstimatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(network);
        options ??= new PoseEstimatorOptions();
        Check(options);
        return new PoseEstimator(model, network, options);
    }

    /// <summary>Finds the people in decoded pixels.</summary>
    /// <param name="image">The photo, upright.</param>
    /// <returns>People, best first; keypoints and boxes in pixels of the photo, the centre of the top-left pixel being (0, 0).</returns>
    public IReadOnlyList<Person> Estimate(Image image) => Estimate(image, boxes: null);

    /// <summary>Finds the pose of each person whose box is known, by a top-down model.</summary>
    /// <param name="image">The photo, upright.</param>
    /// <param name="boxes">The people's boxes in the photo; null to have them found.</param>
    /// <returns>One person a box, fewer with <see cref="PoseEstimatorOptions.Suppression"/>; best first.</returns>
    /// <exception cref="ArgumentException">The model is bottom-up and finds people by itself, or a box is empty.</exception>
    public IReadOnlyList<Person> Estimate(Image image, IReadOnlyList<PersonBox>? boxes)
    {
        ArgumentNullException.ThrowIfNull(image);
        var clock = new StageClock();
        return Estimate(new DecodedPhoto(image, image.Width, image.Height), boxes, clock, kept: null);
    }

    /// <summary>Finds the people in an image file, without holding a large JPEG at full size where the model does not need it.</summary>
    /// <param name="path">A JPEG, PNG or WebP file; its EXIF orientation is honoured.</param>
    /// <param name="boxes">For a top-down model: the people's boxes; null to have them found.</param>
    /// <returns>As <see cref="Estimate(Image)"/>, in pixels of the upright photo at full size.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ImageFormatException">The file is no image, or is damaged.</exception>
    /// <exception cref="ArgumentException">As <see cref="Estimate(Image, IReadOnlyList{PersonBox})"/>.</exception>
    public IReadOnlyList<Person> EstimateFile(string path, IReadOnlyList<PersonBox>? boxes = null) => EstimateFile(path, boxes, kept: null);

    /// <summary>Finds people, and keeps what the network saw, which <see cref="Rendering.HeatmapOverlay"/> draws.</summary>
    /// <param name="image">The photo, upright.</param>
    /// <param name="boxes">For a top-down model: the people's boxes; null to have them found.</param>
    /// <exception cref="ArgumentException">As <see cref="Estimate(Image, IReadOnlyList{PersonBox})"/>.</exception>
    public PoseEstimate EstimateWithHeatmaps(Image image, IReadOnlyList<PersonBox>? boxes = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        List<PoseHeatmaps> kept = [];
        return new PoseEstimate(Estimate(new DecodedPhoto(image, image.Width, image.Height), boxes, new StageClock(), kept), kept);
    }

    /// <summary>Finds the people in an image file, and keeps what the network saw; otherwise as <see cref="EstimateFile(string, IReadOnlyList{PersonBox})"/>.</summary>
    /// <param name="path">A JPEG, PNG or WebP file.</param>
    /// <param name="boxes">For a top-down model: the people's boxes; null to have them found.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ImageFormatException">The file is no image, or is damaged.</exception>
    /// <exception cref="ArgumentException">As <see cref="Estimate(Image, IReadOnlyList{PersonBox})"/>.</exception>
    public PoseEstimate EstimateFileWithHeatmaps(string path, IReadOnlyList<PersonBox>? boxes = null)
    {
        List<PoseHeatmaps> kept = [];
        return new PoseEstimate(EstimateFile(path, boxes, kept), kept);
    }

    /// <summary>Ends the estimator's threads.</summary>
    public void Dispose() => _pool.Dispose();

    private IReadOnlyList<Person> EstimateFile(string path, IReadOnlyList<PersonBox>? boxes, List<PoseHeatmaps>? kept)
    {
        var clock = new StageClock();
        byte[] encoded = Image.ReadEncoded(path);
        var photo = _refinement is null ? _pipeline.Decode(encoded, path) : PoseRefinement.Decode(encoded, path);
        clock.Decoded();
        return Estimate(photo, boxes, clock, kept);
    }

    private IReadOnlyList<Person> Estimate(DecodedPhoto photo, IReadOnlyList<PersonBox>? boxes, StageClock clock, List<PoseHeatmaps>? kept)
    {
        if (boxes is not null && !IsTopDown)
            throw new ArgumentException($"The model {ModelName} is bottom-up: it finds people by itself and takes no boxes.", nameof(boxes));
        lock (_gate)
        {
            boxes ??= FindBoxes(photo);
            clock.BoxesFound();
            var people = _pipeline.Estimate(photo, boxes, clock, kept);
            if (_refinement is not null) people = _refinement.Refine(photo, people, clock);
            LastTiming = clock.Timing;
            return people.All(IsGoodEnough) ? people : [.. people.Where(IsGoodEnough)];
        }
    }

    private static void Check(PoseEstimatorOptions options)
    {
        if (options.Threads is < 0 or > 1024)
            throw new ArgumentException($"The number of threads is {options.Threads}; expected 0 (one a core) to 1024.", nameof(options));
    }

    private bool IsGoodEnough(Person person) => person.Score >= _options.MinScore;

    private IReadOnlyList<PersonBox> FindBoxes(DecodedPhoto photo)
    {
        if (!IsTopDown) return [];
        if (_options.Detector is not { } detector) return [new PersonBox(new Box(0, 0, photo.Width, photo.Height))];
        return [.. detector.Estimate(photo.Image).Where(person => person.Box.Area > 0).Select(person => new PersonBox(person.Box, person.Score))];
    }

    private static PosePipeline MakePipeline(PoseModel model, CompiledNetwork network, PoseEstimatorOptions options)
    {
        if (options.Scales.Count > 0 && model.Task is not SquareBottomUpTask)
            throw new ArgumentException($"The model {model.Name} sees a photo at one scale; scales are for associative-embedding models.", nameof(options));
        if (options.Detector is not null && model.Task is not TopDownTask)
            throw new ArgumentException($"The model {model.Name} is bottom-up: it finds people by itself and takes no detector.", nameof(options));
        return model.Task switch
        {
            BottomUpTask task => new ResizedBottomUpPipeline(model, task, network, options.FlipTest),
            SquareBottomUpTask task => new SquareBottomUpPipeline(model, task, CheckedScales(options.Scales.Count > 0 ? options.Scales : task.Scales), network, options.FlipTest),
            TopDownTask task => new TopDownPipeline(model, task, network, options.FlipTest, options.Suppression),
            _ => throw new ArgumentException($"The model {model.Name} has the task {model.Task.GetType().Name}, which has no pipeline.", nameof(model)),
        };
    }

    private static IReadOnlyList<double> CheckedScales(IReadOnlyList<double> scales) =>
        scales.All(scale => scale is >= 0.1 and <= 4) && scales.Any(SquareBottomUpPipeline.HoldsTags)
            ? scales
            : throw new ArgumentException($"The scales are [{string.Join(", ", scales)}]; expected 0.1 to 4, at least one of them between 0.5 and 1.5.", nameof(scales));
}
