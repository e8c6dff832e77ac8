using Akimbo.Training;
using Akimbo.Training.Recipes;

var recipe = RecipeFile.Load("recipes/small-hourglass-lspet.json");
var trainer = Trainer.Create(recipe, new TrainerOptions { RunFolder = "runs/third" });
var result = await trainer.RunAsync(new Progress<TrainingProgress>(progress => Console.WriteLine(progress.Loss)));
Console.WriteLine(result.Weights);
