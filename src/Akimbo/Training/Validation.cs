using Akimbo.Evaluation;
using Akimbo.Evaluation.Runs;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Rendering;

namespace Akimbo.Training;

/// <summary>Scores a network on the validation data by its own metric, and draws some of what it finds.</summary>
internal sealed class Validation
{
    private const int TilesDrawn = 20;
    private static readonly string[] MainScores = ["AP", "Mean", "Total"];
    private readonly EvaluationDataset _data;
    private readonly PoseModel _model;
    private readonly int _threads;
    private readonly IPredictionScoring _scoring;

    /// <param name="data">The validation data.</param>
    /// <param name="model">The model.</param>
    /// <param name="threads">Threads that run the network.</param>
    /// <exception cref="ArgumentException">The model cannot be scored on this data.</exception>
    public Validation(EvaluationDataset data, PoseModel model, int threads)
    {
        _data = data;
        _model = model;
        _threads = threads;
        _scoring = data.ScoringOf(model.Skeleton);
        ScoreTable table = _scoring.Score([]).Table;
        ScoreNames = table.Columns;
        MainScore = MainScores.FirstOrDefault(ScoreNames.Contains) ?? ScoreNames[^1];
    }

    /// <summary>What the scores are called.</summary>
    public IReadOnlyList<string> ScoreNames { get; }

    /// <summary>The score that says which weights are best.</summary>
    public string MainScore { get; }

    /// <summary>How many pictures there are.</summary>
    public int Count => _data.Samples.Count;

    /// <summary>Predicts everything and scores it.</summary>
    /// <param name="network">A network with weights that nobody changes meanwhile.</param>
    /// <param name="sheet">Where a contact sheet of predictions is written.</param>
    /// <param name="progress">Called with the number of pictures done.</param>
    /// <exception cref="IOException">A picture cannot be read, or the sheet not be written.</exception>
    public ScoreTable Score(Network network, string sheet, Action<int> progress)
    {
        using var estimator = PoseEstimator.Create(_model, network, new PoseEstimatorOptions { Threads = _threads });
        IReadOnlyList<ImagePrediction> predictions = DatasetPrediction.Run(
            _data.Samples, _model.Skeleton,
            sample => estimator.EstimateFile(sample.ImagePath, estimator.IsTopDown ? PersonBoxes.Annotated(sample) : null),
            log: null, progress);
        Draw(predictions, sheet);
        return _scoring.Score(predictions).Table;
    }

    private void Draw(IReadOnlyList<ImagePrediction> predictions, string path)
    {
        int tiles = Math.Min(TilesDrawn, predictions.Count);
        var sheet = new ContactSheet(tiles, new ContactSheetOptions { TileSize = 240 });
        for (int i = 0; i < tiles; i++)
        {
            // Evenly spread over the data, the same at every epoch.
            int index = (int)((long)i * predictions.Count / tiles);
            sheet.Add(Image.Load(_data.Samples[index].ImagePath), predictions[index].People, _model.Skeleton, predictions[index].FileName);
        }

        sheet.Image.Save(path);
    }
}
