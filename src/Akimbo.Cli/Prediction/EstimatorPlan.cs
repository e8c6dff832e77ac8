using Akimbo.Models;
using Akimbo.Prediction;

namespace Akimbo.Cli.Prediction;

/// <summary>The networks of a run, and what can be wrong about their options.</summary>
/// <param name="Weights">The model's file; null for the network that comes with the library.</param>
/// <param name="Options">How it works, but the detector.</param>
/// <param name="Boxes">Where its boxes come from.</param>
internal sealed record EstimatorPlan(string? Weights, PoseEstimatorOptions Options, BoxSource Boxes)
{
    /// <summary>Refuses what is wrong as far as the models' names tell, before any file is opened.</summary>
    /// <exception cref="UsageException">Options do not go together, or not with the model.</exception>
    /// <exception cref="ArgumentException">There is no model of a name.</exception>
    public void Check()
    {
        Boxes.Check();
        CheckModel(Weights, Options);
        if (Weights is null && BoxOption is { } useless) throw new UsageException($"{useless} is for top-down models; the network that comes with akimbo finds people by itself. Name another by --weights.");
        if (Options.Model is { } name)
        {
            var task = ModelCatalog.Create(name).Task;
            CheckBoxes(name, isTopDown: task is TopDownTask);
            if (Options.Scales.Count > 0 && task is not SquareBottomUpTask)
                throw new UsageException($"The model {name} sees a photo at one scale; --scales is for associative-embedding models.");
        }

        if (Boxes.DetectorModel is { } detector) CheckDetector(detector, isTopDown: ModelCatalog.Create(detector).Task is TopDownTask);
    }

    /// <summary>Loads the networks.</summary>
    /// <exception cref="UsageException">The files hold models that the options do not go with.</exception>
    public EstimatorPair Load()
    {
        if (Weights is null) return new EstimatorPair(PoseEstimator.LoadDefault(Options), Detector: null);
        var (model, network) = ModelLoader.Load(Weights, Options.Model);
        bool isTopDown = model.Task is TopDownTask;
        CheckBoxes(model.Name, isTopDown);
        var detector = isTopDown ? LoadDetector() : null;
        try
        {
            return new EstimatorPair(PoseEstimator.Create(model, network, Options with { Detector = detector }), detector);
        }
        catch
        {
            detector?.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a model's name without its weights.</summary>
    /// <exception cref="UsageException">There are no weights.</exception>
    public static void CheckModel(string? weights, PoseEstimatorOptions options)
    {
        if (weights is null && options.Model is { } name) throw new UsageException($"--model {name} names the model of a file with weights, which is missing.");
    }

    /// <summary>The estimator of a file, or of the network that comes with the library.</summary>
    /// <param name="weights">The file; null for none.</param>
    /// <param name="options">How the estimator works.</param>
    public static PoseEstimator Open(string? weights, PoseEstimatorOptions options) => weights is null ? PoseEstimator.LoadDefault(options) : PoseEstimator.Load(weights, options);

    private string? BoxOption => Boxes.Option ?? (Boxes.MinScore is null ? null : "--min-box-score");

    private void CheckBoxes(string model, bool isTopDown)
    {
        if (!isTopDown && BoxOption is { } option)
            throw new UsageException($"The model {model} is bottom-up: it finds people by itself and takes no {option}.");
    }

    private PoseEstimator? LoadDetector()
    {
        if (Boxes.Option is not (null or "--detector")) return null;
        var detector = Open(Boxes.Detector, new PoseEstimatorOptions { Model = Boxes.DetectorModel, Threads = Options.Threads, MinScore = Boxes.MinScore ?? 0 });
        if (!detector.IsTopDown) return detector;
        using (detector) throw NoDetector(detector.ModelName);
    }

    private static void CheckDetector(string model, bool isTopDown)
    {
        if (isTopDown) throw NoDetector(model);
    }

    private static UsageException NoDetector(string model) => new($"--detector takes a bottom-up model; {model} is top-down and needs boxes itself.");
}

/// <summary>An estimator and what finds the people for it.</summary>
/// <param name="Estimator">The estimator.</param>
/// <param name="Detector">The detector that its options name; null for none.</param>
internal sealed record EstimatorPair(PoseEstimator Estimator, PoseEstimator? Detector) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Estimator.Dispose();
        Detector?.Dispose();
    }
}
